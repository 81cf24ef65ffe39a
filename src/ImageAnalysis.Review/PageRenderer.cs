using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ImageAnalysis.Review;

/// <summary>Renders a page on the server, to text. What a page shows is handed down to it and to its parts as a whole.</summary>
internal sealed class PageRenderer
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();

    /// <summary>Renders a page.</summary>
    /// <param name="shell">What every page shows; <c>null</c> for a part of a page.</param>
    /// <param name="view">What this page shows.</param>
    public async Task<string> RenderAsync<TPage, TView>(ShellView? shell, TView view)
        where TPage : IComponent
        where TView : class
    {
        await using HtmlRenderer renderer = new(_services, NullLoggerFactory.Instance);
        string text = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            Dictionary<string, object?> parameters = new() { [nameof(Handed<,>.Shell)] = shell, [nameof(Handed<,>.View)] = view };
            return (await renderer.RenderComponentAsync<Handed<TPage, TView>>(ParameterView.FromDictionary(parameters)).ConfigureAwait(true)).ToHtmlString();
        }).ConfigureAwait(false);
        return shell is null ? text : "<!DOCTYPE html>\n" + text;
    }

    private sealed class Handed<TPage, TView> : ComponentBase
        where TPage : IComponent
        where TView : class
    {
        [Parameter]
        public ShellView? Shell { get; set; }

        [Parameter]
        public TView View { get; set; } = default!;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<ShellView?>>(0);
            builder.AddComponentParameter(1, "Value", Shell);
            builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inner =>
            {
                inner.OpenComponent<CascadingValue<TView>>(0);
                inner.AddComponentParameter(1, "Value", View);
                inner.AddComponentParameter(2, "ChildContent", (RenderFragment)(page =>
                {
                    page.OpenComponent<TPage>(0);
                    page.CloseComponent();
                }));
                inner.CloseComponent();
            }));
            builder.CloseComponent();
        }
    }
}

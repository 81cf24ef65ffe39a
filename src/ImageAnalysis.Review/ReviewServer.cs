using System.Net;
using System.Net.Sockets;
using ImageAnalysis.Samples;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace ImageAnalysis.Review;

/// <summary>Serves the review of a results folder to a browser on this computer.</summary>
public sealed class ReviewServer : IAsyncDisposable
{
    /// <summary>Bytes that the body of a request may have: a decision with what was drawn takes a few thousand.</summary>
    private const int MostBodyBytes = 64 * 1024;

    private readonly WebApplication _app;
    private readonly ReviewDesk _desk;

    private ReviewServer(WebApplication app, ReviewDesk desk, Uri address)
    {
        (_app, _desk, Address) = (app, desk, address);
    }

    /// <summary>The address to open, with its token.</summary>
    public Uri Address { get; }

    /// <summary>Number of decisions that were made since the start.</summary>
    public int DecisionCount => _desk.DecisionCount;

    /// <summary>Starts to serve.</summary>
    /// <param name="results">The results folder; it stays open until the server has stopped.</param>
    /// <param name="options">How to serve.</param>
    /// <param name="cancel">Gives up starting.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="InputException">An option cannot be, or the port is in use.</exception>
    public static async Task<ReviewServer> StartAsync(ReviewedResults results, ReviewServerOptions options, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();

        // An empty builder reads no settings from files, environment or command line: nothing but the options here has a say in what is listened to.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "ima", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Listen(options.Address, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddLogging();
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        ReviewDesk desk = new(results, options);
        RequestGuard? guard = null;
        app.Use(async (context, next) =>
        {
            RequestGuard.Protect(context.Response);
            (int Status, string Reason)? refusal = guard is null ? (StatusCodes.Status503ServiceUnavailable, "The review is starting.") : guard.Refusal(context.Request);
            if (refusal is null)
            {
                if (ReviewEndpoints.GivesCookie(context, guard!))
                {
                    return;
                }

                try
                {
                    await next(context).ConfigureAwait(false);
                    return;
                }
                catch (Exception e) when (e is not (OperationCanceledException or Microsoft.AspNetCore.Http.BadHttpRequestException) && !context.Response.HasStarted)
                {
                    options.OnBug?.Invoke(e);
                    refusal = (StatusCodes.Status500InternalServerError, $"This is a bug in the program ({e.GetType().Name}: {e.Message}). Nothing was stored.");
                }
            }

            context.Response.StatusCode = refusal.Value.Status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync(refusal.Value.Reason, context.RequestAborted).ConfigureAwait(false);
        });
        string token = options.Token ?? RequestGuard.NewToken();
        ReviewEndpoints.Map(app, desk, () => guard!);
        try
        {
            await app.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new InputException($"--port: the port {options.Port} of {options.Address} is in use; choose another, or leave --port out.", e);
        }
        catch (SocketException e)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new InputException($"{options.Address}: cannot be listened at: {e.Message}", e);
        }

        Uri bound = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        guard = new RequestGuard(token, options.Address, bound.Port);
        string host = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any) ? "127.0.0.1" : bound.Host;
        return new ReviewServer(app, desk, new Uri($"http://{host}:{bound.Port}/?token={token}"));
    }

    /// <summary>Stops serving; decisions that are being stored are finished.</summary>
    /// <returns>When it has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}

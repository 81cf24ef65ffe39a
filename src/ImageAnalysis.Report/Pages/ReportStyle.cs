namespace ImageAnalysis.Report;

/// <summary>The page's style sheet: light and dark after the reader's choice, and for paper. Nothing is fetched from elsewhere.</summary>
internal static class ReportStyle
{
    /// <summary>The text of the <c>style</c> element; it holds no character that markup would have to escape.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --ground: #ffffff; --ink: #1c2126; --faint: #59636e; --line: #d4d9de; --soft: #f3f5f7;
          --bar: #9ccbe8; --bar-edge: #5e9cc4; --normal: #0b3d66; --log-normal: #b84a00; --link: #00589b; --bad: #a3120a; --bad-soft: #fdeceb; --warn-soft: #fdf4d7; }
        @media (prefers-color-scheme: dark) { :root { --ground: #15181b; --ink: #e4e7ea; --faint: #a2abb4; --line: #3a4148; --soft: #1e2226;
          --bar: #2f6c93; --bar-edge: #6fb3dd; --normal: #cfe8fa; --log-normal: #ffa45c; --link: #7cc0f5; --bad: #ff9a91; --bad-soft: #3a1d1b; --warn-soft: #37301a; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        .skip { position: absolute; left: -100em; } .skip:focus { left: 1em; top: 1em; background: var(--ground); padding: .5em 1em; }
        header, main, footer, nav { max-width: 1240px; margin: 0 auto; padding: 0 24px; }
        header { padding-top: 22px; } header p { margin: .2em 0; color: var(--faint); }
        nav ul { display: flex; flex-wrap: wrap; gap: .2em 1.4em; list-style: none; margin: 14px 0 0; padding: 8px 0; border-block: 1px solid var(--line); }
        h1 { font-size: 1.7em; line-height: 1.2; margin: 0 0 .2em; } h2 { font-size: 1.3em; margin: 2em 0 .5em; } h3 { font-size: 1.05em; margin: 1.5em 0 .4em; } h4 { font-size: 1em; margin: 1.2em 0 .3em; }
        a { color: var(--link); } bdi { overflow-wrap: anywhere; } .files tbody th { min-width: 15em; font-weight: 400; } .files .source { min-width: 9.5em; } .finding { background: var(--warn-soft); }
        .simulated { background: #f0e442; color: #1c2126; padding: .6em 1em; font-weight: 600; margin: 12px 0; border: 2px solid #1c2126; }
        .bad, .notes { padding: .6em 1em; margin: 12px 0; border-left: 5px solid var(--bad); background: var(--bad-soft); }
        .notes { border-color: #c79500; background: var(--warn-soft); }
        .bad h2, .notes h2 { margin: .1em 0 .3em; font-size: 1.1em; } .bad ul, .notes ul { margin: .3em 0; padding-left: 1.3em; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; } caption { text-align: left; color: var(--faint); padding: 0 0 .5em; max-width: calc(100vw - 6em); }
        th, td { padding: 5px 12px 5px 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
        thead th { font-weight: 600; border-bottom: 2px solid var(--line); vertical-align: bottom; } tbody th { font-weight: 600; }
        .number { text-align: right; white-space: nowrap; } .headline .number { font-size: 1.05em; }
        small, .faint { color: var(--faint); font-size: .86em; } td small { display: block; }
        .outcome-bad { color: var(--bad); font-weight: 600; }
        .plots figure { overflow-x: auto; } .plots { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 18px 28px; margin: 10px 0; }
        figure { margin: 0; } .headline + figure, .scroll + figure, figure + .scroll { margin-top: 20px; } figcaption { color: var(--faint); font-size: .9em; margin-top: .3em; }
        .overlay { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 4px 14px; margin-bottom: 18px; } .overlay figcaption { grid-column: 1 / -1; }
        .overlay img { display: block; width: 100%; } .overlay .cut { position: relative; overflow: hidden; } .overlay .cut img { position: absolute; inset: 0; height: 100%; object-fit: none; }
        .whole { margin-bottom: 18px; } .whole img, .crystal img { display: block; width: 100%; height: auto; background: #18181c; } .crystal { margin: 0 0 18px; } .crystal p { margin: .2em 0; padding: .1em .5em; font-size: .9em; max-width: none; }
        .crystals { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px 18px; } .mark { display: inline-block; min-width: 1.3em; text-align: center; font-weight: 700; border-radius: .3em; background: #18181c; }
        .superstructure { color: #e69f00; } .regular { color: #56b4e9; } .undetermined { color: #f0e442; } .no-fringe { color: #cc79a7; }
        .plot { width: 100%; height: auto; display: block; color: var(--ink); font: 13px system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
        .plot text { fill: currentColor; } .plot .tick { font-size: 12px; } .plot .faint { fill: var(--faint); } .plot .grid { stroke: var(--line); stroke-width: 1; }
        .plot .axis { stroke: currentColor; stroke-width: 1; } .plot .bar { fill: var(--bar); stroke: var(--bar-edge); stroke-width: 1; }
        .plot .fit { fill: none; stroke-width: 2.2; } .plot .normal { stroke: var(--normal); } .plot .log-normal { stroke: var(--log-normal); stroke-dasharray: 7 4; }
        .plot .quantile { stroke: currentColor; stroke-width: 1; stroke-dasharray: 2 3; } .plot .interval { stroke: currentColor; stroke-width: 2; } .plot .mean { fill: currentColor; }
        .plot .title { font-size: 14px; font-weight: 600; } .plot .index { font-size: 10px; } .plot path { fill: none; } .plot .measured { stroke: var(--bar-edge); stroke-width: 2.6; stroke-linecap: round; }
        .plot .fitted { stroke: var(--log-normal); stroke-width: 1.6; stroke-linejoin: round; } .plot .background { stroke: var(--faint); stroke-width: 1.2; stroke-dasharray: 6 4; }
        .plot .difference { stroke: var(--normal); stroke-width: 1; stroke-linejoin: round; } .plot .line-tick { stroke: currentColor; stroke-width: 1.2; } .plot .simulated-mark { fill: #f0e442; stroke: #1c2126; }
        .plot .band { fill: var(--bar); fill-opacity: 0.4; stroke: none; } .plot .point { fill: var(--normal); fill-opacity: 0.65; } .plot .open { fill: var(--ground); stroke: var(--normal); stroke-width: 1.4; }
        .plot .reference { stroke: var(--faint); stroke-width: 1.2; stroke-dasharray: 6 4; }
        pre { background: var(--soft); padding: 12px; overflow: auto; font-size: .86em; } summary { cursor: pointer; } details { margin: .6em 0; }
        dt { font-weight: 600; } dd { margin: 0 0 .5em 1.2em; max-width: 80ch; } section p { max-width: 92ch; }
        footer { margin-top: 3em; padding-top: 10px; padding-bottom: 30px; border-top: 1px solid var(--line); color: var(--faint); }
        @media (max-width: 800px) { .plots, .crystals { grid-template-columns: minmax(0, 1fr); } }
        @media print { :root { color-scheme: light; --ground: #fff; --ink: #000; --faint: #444; --line: #bbb; --soft: #f6f6f6; --bar: #cfe3f0; --bar-edge: #5e9cc4;
          --normal: #0b3d66; --log-normal: #b84a00; --link: #000; --bad: #a3120a; --bad-soft: #fff; --warn-soft: #fff; }
          body { font-size: 9.5pt; } table { font-size: 8pt; } .plots { grid-template-columns: repeat(2, minmax(0, 1fr)); } .plots table { font-size: 7pt; } nav, .skip { display: none; } header, main, footer { max-width: none; padding: 0; } .scroll { overflow: visible; }
          h2, h3 { break-after: avoid; } figure, tr, .bad, .notes { break-inside: avoid; } 
          details::details-content { content-visibility: visible; block-size: auto; } th, td { padding-right: 6px; } pre { white-space: pre-wrap; } }

        """;
}

/// The look of a page: light, dark and on paper. Nothing is fetched from anywhere.
enum PageStyle {
  static let text = """
    :root { --paper: #fff; --ink: #1b2129; --soft: #59636f; --line: #d6dce3; --panel: #f5f7f9; --link: #0b57a8;
      --good: #1a6b37; --bad: #b3201c; --unsure: #8a5a00; --before: #b9cbe4; --on-before: #17304f; --after: #2f7d4f;
      --on-after: #fff; --down-ground: #fbdcd9; --down-stripe: #c9443c; --moment: #7a2a86; color-scheme: light;
      --place-0: #b9cbe4; --place-1: #bfe0c8; --place-2: #f3d3a9; --place-3: #e3c3e6; --place-4: #f0bcb8;
      --place-5: #b9e1e4; --place-6: #dcd8a3; --place-7: #d3cbc3; }
    @media screen and (prefers-color-scheme: dark) {
      :root { --paper: #14181d; --ink: #e4e9ef; --soft: #a3adb9; --line: #343d48; --panel: #1d232a; --link: #8ab8f0;
        --good: #7fd19b; --bad: #ff8f86; --unsure: #e8bb62; --before: #3c5373; --on-before: #e3edfa; --after: #3f9e68;
        --on-after: #06140b; --down-ground: #4a1f1d; --down-stripe: #e2665d; --moment: #dba3e6; color-scheme: dark;
        --place-0: #3c5373; --place-1: #2f5a42; --place-2: #6b4f22; --place-3: #5b3f66; --place-4: #6b3936;
        --place-5: #2a5a60; --place-6: #55521f; --place-7: #4f4740; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 72rem; padding: 2rem 1.5rem 3rem; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
    h1, h2, dd, li { overflow-wrap: anywhere; }
    a { color: var(--link); }
    h1 { font-size: 1.65rem; line-height: 1.3; margin: 0 0 .4rem; font-weight: 650; }
    h1.many { font-size: 1.12rem; line-height: 1.6; }
    h1 span { display: block; }
    h1 a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
    h2 { font-size: 1.2rem; margin: 0 0 .2rem; font-weight: 650; }
    h3 { font-size: .95rem; margin: 1.2rem 0 .3rem; }
    .soft, footer { color: var(--soft); }
    .warning { border-left: 4px solid var(--unsure); padding: .3rem .7rem; background: var(--panel); }
    header p { margin: 0; }
    section { margin-top: 2.2rem; padding-top: 1.4rem; border-top: 1px solid var(--line); }
    dl { display: flex; flex-wrap: wrap; gap: .7rem 2rem; margin: .9rem 0 0; }
    dl div { min-width: 0; max-width: 100%; }
    dt { font-size: .78rem; color: var(--soft); }
    dd { margin: 0; }
    .counts { display: flex; flex-wrap: wrap; gap: .5rem; margin: .9rem 0 0; padding: 0; list-style: none; }
    .counts li { border: 1px solid var(--line); border-radius: .4rem; padding: .15rem .7rem; background: var(--panel); }
    .counts b { font-size: 1.15rem; font-variant-numeric: tabular-nums; }
    .state { white-space: nowrap; }
    .sign { font-weight: 700; }
    .good .sign, text.good { color: var(--good); fill: var(--good); }
    .bad .sign, text.bad { color: var(--bad); fill: var(--bad); }
    .unsure .sign, text.unsure { color: var(--unsure); fill: var(--unsure); }
    .scroll { overflow-x: auto; margin: 1.2rem 0 0; }
    table { border-collapse: collapse; width: 100%; font-size: .87rem; font-variant-numeric: tabular-nums; }
    caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
    th, td { text-align: left; vertical-align: top; padding: .32rem .8rem .32rem 0; border-bottom: 1px solid var(--line); }
    thead th { font-size: .78rem; font-weight: 600; color: var(--soft); white-space: nowrap; border-bottom-width: 2px; }
    tbody th { font-weight: 600; }
    .long { overflow-wrap: anywhere; width: 11rem; }
    .prose { min-width: 11rem; }
    .number { text-align: right; white-space: nowrap; }
    .none { color: var(--soft); }
    time span { white-space: nowrap; }
    time .date { color: var(--soft); }
    .gaps { margin: 1.2rem 0 0; border: 1px solid var(--line); border-left: 4px solid var(--unsure); padding: .6rem 1rem;
      border-radius: .3rem; background: var(--panel); }
    .gaps h3 { margin: 0 0 .2rem; }
    .gaps ul { margin: 0; padding-left: 1.2rem; }
    .time-line { display: block; width: 100%; max-width: 64rem; min-width: 46rem; height: auto;
      font-size: 12px; fill: var(--ink); }
    .time-line .axis { font-size: 11px; fill: var(--soft); stroke: none; }
    .time-line .axis line { stroke: var(--line); stroke-width: 1; }
    .time-line .axis .rule { stroke: var(--soft); }
    .time-line .before { fill: var(--before); }
    .time-line .after { fill: var(--after); }
    .time-line .unknown { fill: none; stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 2 3; }
    .time-line rect.down { stroke: var(--down-stripe); stroke-width: 1; }
    .down-ground { fill: var(--down-ground); }
    .down-stripe { fill: var(--down-stripe); }
    .time-line .on-before { fill: var(--on-before); font-size: 10px; }
    .time-line .on-after { fill: var(--on-after); font-size: 10px; }
    .time-line .on-unknown { fill: var(--soft); font-size: 10px; }
    .time-line .legend { font-size: 11px; }
    .time-line .try { stroke: var(--bad); stroke-width: 2.4; }
    .time-line .try-ground { stroke: var(--paper); stroke-width: 6; stroke-linecap: round; }
    .time-line .moments { fill: var(--moment); font-weight: 600; }
    .time-line .moments line { stroke: var(--moment); stroke-width: 1.3; stroke-dasharray: 5 3; }
    .time-line .cut rect { fill: var(--paper); }
    \((0..<8).map { ".time-line .place-\($0) { fill: var(--place-\($0)); }" }.joined(separator: "\n    "))
    .time-line .place-name { font-size: 10px; }
    .time-line .moved { fill: var(--ink); } .time-line .restarted { fill: var(--bad); }
    .time-line .cursor { stroke: var(--moment); stroke-width: 1.6; }
    .player { display: flex; gap: .8rem; align-items: center; margin: 1rem 0 0; max-width: 64rem; }
    .player[hidden] { display: none; }
    .player input { flex: 1; accent-color: var(--moment); }
    .player output { min-width: 15rem; font-variant-numeric: tabular-nums; }
    .now { font-size: .87rem; }
    .now:empty { display: none; }
    .chart { display: block; width: 100%; max-width: 64rem; min-width: 40rem; height: auto; font-size: 12px;
      fill: var(--ink); }
    .chart .axis { font-size: 11px; fill: var(--soft); stroke: none; }
    .chart .axis line { stroke: var(--line); stroke-width: 1; }
    .chart .legend { font-size: 11px; }
    .chart .part-used { fill: var(--before); }
    .chart .part-free { fill: none; stroke: var(--soft); stroke-width: 1; }
    .chart .part-excess { stroke: var(--down-stripe); stroke-width: 1; }
    .chart .mark { stroke: var(--moment); stroke-width: 2; }
    .chart .line { fill: none; stroke: var(--link); stroke-width: 2; }
    .chart .dashed { stroke: var(--soft); stroke-dasharray: 7 4; }
    .chart .dotted { stroke: var(--after); stroke-dasharray: 2 4; stroke-linecap: round; stroke-width: 3; }
    .chart .dot { fill: var(--ink); }
    .time-line .cut line { stroke: var(--soft); stroke-width: 1.2; stroke-dasharray: 3 3; }
    footer { margin-top: 2.4rem; padding-top: 1rem; border-top: 2px solid var(--line); font-size: .82rem; }
    footer dl { margin: 0; gap: .5rem 1.8rem; }
    @media print {
      @page { margin: 14mm 12mm; }
      html { font-size: 12px; }
      body { max-width: none; padding: 0; font-size: 9pt; background: none; }
      h1 { font-size: 15pt; } h2 { font-size: 12pt; }
      section { margin-top: 1rem; padding-top: .8rem; } .scroll { margin-top: .8rem; }
      section + section { break-before: page; border-top: 0; padding-top: 0; margin-top: 0; }
      section.short { break-before: auto; margin-top: 1rem; }
      h2, h3, caption { break-after: avoid; }
      tr, figure, .gaps, dl div { break-inside: avoid; }
      thead { display: table-header-group; }
      table { font-size: 7.5pt; } th, td { padding-right: .5rem; } .long { width: 8rem; } .prose { min-width: 8rem; }
      .scroll { overflow: visible; } .time-line, .chart { min-width: 0; }
      .player, .now, .cursor { display: none; }
      .counts li, .gaps { background: none; }
      a { color: inherit; text-decoration: none; }
    }
    """
}

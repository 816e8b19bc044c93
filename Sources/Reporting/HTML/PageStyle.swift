/// The style sheet of the page.
enum PageStyle {
  /// The whole of it; the page's policy knows it by its hash.
  static let text = palette + base + head + charts + table + narrow + print

  private static let palette = """
    :root{color-scheme:light dark;--ground:#f6f7f9;--card:#fff;--ink:#191c21;--soft:#57606c;--line:#e1e5ea;--faint:#eef1f4;\
    --link:#1f5a99;--critical:#b3123c;--high:#b64a05;--medium:#836300;--low:#566270;--good:#1d6f42;--some:#c9dcf0;\
    --edge:#2f6aa8;--control:#cfe3dc;--control-edge:#2a7a62;--even:#e3e8ee;--odd:#cfd7e0;--added:#e6f4ea;--removed:#fdebec;\
    --at:#fff6d6;--alarm:#fdf0f2}
    @media (prefers-color-scheme:dark){:root{--ground:#121417;--card:#1a1d21;--ink:#e8eaed;--soft:#9ea8b4;--line:#30353b;\
    --faint:#23272c;--link:#86b9f0;--critical:#ff7d95;--high:#ffa15c;--medium:#e2c04d;--low:#a7b2be;--good:#6fcf97;\
    --some:#274563;--edge:#79b0e8;--control:#21463b;--control-edge:#6cc3a6;--even:#2d333a;--odd:#3d454e;--added:#16321f;\
    --removed:#3d1d22;--at:#3d3616;--alarm:#33191e}}

    """

  private static let base = """
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,\
    "Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
    main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}
    a{color:var(--link);text-underline-offset:2px}
    :focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
    .skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--card);padding:8px}
    code,pre,.path,.place{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.86em}
    code,.path,td,dd,li,bdi{unicode-bidi:isolate}
    small{font-size:13px;color:var(--soft)}
    p{margin:0 0 8px}
    section{margin-top:48px}
    h1{font-size:32px;line-height:1.2;letter-spacing:-.02em;margin:2px 0 6px;font-weight:650}
    h2{font-size:20px;letter-spacing:-.01em;margin:0 0 4px;font-weight:650}
    h3{font-size:16px;margin:0;font-weight:650;display:inline}
    summary{cursor:pointer}
    details.fold>summary h2{display:inline}
    .n{color:var(--soft);font-weight:400;font-variant-numeric:tabular-nums}
    h2 .n{font-size:16px;margin-left:4px}
    .lead{color:var(--soft);max-width:76ch;margin-bottom:16px}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    footer{margin-top:56px;padding-top:16px;border-top:1px solid var(--line);color:var(--soft);font-size:13px}
    .sev{white-space:nowrap;font-weight:600;font-size:13px}
    .sev::before{display:inline-block;width:1.25em;text-align:center;margin-right:.15em;font-size:12px}
    .sev.critical::before{content:"\\25C6";content:"\\25C6"/""}.sev.high::before{content:"\\25B2";content:"\\25B2"/""}
    .sev.medium::before{content:"\\25CF";content:"\\25CF"/""}.sev.low::before{content:"\\25CB";content:"\\25CB"/""}
    .sev.critical{color:var(--critical)}.sev.high{color:var(--high)}.sev.medium{color:var(--medium)}.sev.low{color:var(--low)}

    """

  private static let head = """
    .kicker{margin:0;color:var(--soft);font-size:13px}.kicker span::before{content:"/";margin:0 7px 0 4px;opacity:.5}
    .scope{color:var(--soft);margin-bottom:24px}.dot{opacity:.6}
    .verdict{border-left:4px solid var(--soft);background:var(--card);padding:12px 16px;border-radius:0 8px 8px 0;\
    margin-bottom:24px}
    .verdict.good{border-color:var(--good)}.verdict.good b{color:var(--good)}
    .verdict.bad{border-color:var(--critical);background:var(--alarm)}.verdict.bad b{color:var(--critical)}
    .tiles{list-style:none;margin:0 0 12px;padding:0;display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));\
    gap:12px}
    .tile{background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden}
    .tile>a{color:inherit;text-decoration:none}
    .tile>a,.tile:not(:has(a)){display:flex;flex-direction:column;padding:12px 16px}
    .tile>a:hover{background:var(--faint)}
    .tile b{font-size:28px;line-height:1.15;font-weight:650;letter-spacing:-.02em;font-variant-numeric:tabular-nums}
    .severities b{font-size:36px}
    .tile.critical b{color:var(--critical)}.tile.high b{color:var(--high)}.tile.medium b{color:var(--medium)}\
    .tile.low b{color:var(--low)}
    .tile.zero b,.tile.zero .sev{color:var(--soft);font-weight:400}
    .tile.alarm{border-color:var(--critical)}.tile.alarm b{color:var(--critical)}
    ul.unread{list-style:none;margin:0;padding:0}
    ul.unread li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:10px 14px;margin-bottom:8px}
    ul.unread p{margin:2px 0 0}

    """

  private static let charts = """
    svg{display:block;overflow:visible}svg svg{display:inline}
    .chart{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px 8px;overflow:hidden}
    svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--soft);\
    font-variant-numeric:tabular-nums}
    .axis text{transform:translateX(4px)}
    .grid line{stroke:var(--line);stroke-width:1}
    .plot rect.critical{fill:var(--critical)}.plot rect.high{fill:var(--high)}.plot rect.medium{fill:var(--medium)}\
    .plot rect.low{fill:var(--low)}
    .hit{fill:transparent}.plot a:hover .hit{fill:var(--faint)}
    .cluster{margin-bottom:24px}.cluster>summary{margin-bottom:8px}.cluster .now{color:var(--soft);margin-left:8px}
    em{font-style:normal}em.bad{color:var(--critical);font-weight:600}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 20px;padding:0;font-size:13px;\
    color:var(--soft)}
    .legend li{display:flex;gap:6px;align-items:center}.legend svg{flex:none}
    .mark path,.mark circle:not(.hit){stroke:var(--card);stroke-width:1.5}
    .mark.critical path{fill:var(--critical)}.mark.high path{fill:var(--high)}.mark.medium circle:not(.hit){fill:var(--medium)}
    .mark.low .ring{fill:var(--card);stroke:var(--low);stroke-width:2}
    .mark.beside{opacity:.45}.mark .hit{fill:transparent;stroke:none}
    .mark a:hover .hit,.mark a:focus .hit{fill:var(--line)}.mark a:focus-visible{outline:none}.mark a:focus-visible .hit{stroke:var(--link);stroke-width:2}
    .mark text{font-size:11px}
    .guides line{stroke-width:1;stroke-dasharray:2 3;opacity:.55}
    .guides .critical{stroke:var(--critical)}.guides .high{stroke:var(--high)}.guides .medium{stroke:var(--medium)}\
    .guides .low{stroke:var(--low)}
    .workers .some{fill:var(--some)}.workers .top{stroke:var(--edge)}
    .control .some{fill:var(--control)}.control .top{stroke:var(--control-edge)}
    .top{stroke-width:2}.workers .top.zero,.control .top.zero{stroke:var(--critical);stroke-width:3}
    .unknown{fill:var(--faint)}.base{stroke:var(--line)}
    .life text{text-anchor:middle;paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round;\
    fill:var(--ink)}
    .life .lane text{text-anchor:start;fill:var(--soft);font-size:11px}
    .open{overflow:visible}
    .band .even{fill:var(--even)}.band .odd{fill:var(--odd)}.band text{stroke:none}
    .band .paused,.legend .paused{fill:url(#hatch)}
    .defs{position:absolute}.ground{fill:var(--even)}.stripe{fill:var(--soft);opacity:.55}
    .end circle{fill:var(--card);stroke:var(--critical);stroke-width:1.5}
    .end path{stroke:var(--critical);stroke-width:2;fill:none;stroke-linecap:round}
    .end.renamed circle,.end.renamed path{stroke:var(--soft);stroke-width:1.5}
    .steps{margin:8px 0 0}.steps>summary{font-size:13px;color:var(--soft)}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%}
    th{text-align:left;font-weight:600}
    .plain{margin-top:8px;font-size:14px}.plain th,.plain td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);\
    vertical-align:top}.plain th{color:var(--soft);font-size:13px}
    time{display:inline-block;max-width:100%;overflow:hidden;vertical-align:bottom;white-space:nowrap;font-variant-numeric:tabular-nums}
    .bars{background:var(--card);border:1px solid var(--line);border-radius:10px;border-collapse:separate;border-spacing:0;\
    table-layout:fixed}
    .bars th,.bars td{padding:9px 16px;vertical-align:top;border-top:1px solid var(--line);font-weight:400}
    .bars thead th{border-top:0;color:var(--soft);font-size:13px;padding-bottom:4px}
    .bars th:first-child{width:36%}.bars th:last-child{width:22%}
    .bars small{display:block}.bars .minor{display:none}.bars .time{padding-left:0;padding-right:0}
    .bars .live rect{fill:var(--critical)}.bars .live .tip path{fill:var(--critical)}.bars .gone rect{fill:var(--low);opacity:.6}
    .bars .live b{color:var(--critical)}

    """

  private static let table = """
    #filter:not([hidden]){display:flex;flex-wrap:wrap;gap:12px 16px;align-items:flex-end;background:var(--card);\
    border:1px solid var(--line);border-radius:10px;padding:14px 16px;margin:12px 0 16px}
    fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:6px;flex-basis:100%}
    legend{padding:0;margin-bottom:4px;float:left;width:100%}
    legend,#filter>label{font-size:13px;color:var(--soft)}
    #filter>label{display:flex;flex-direction:column;gap:3px;flex:1 1 140px;min-width:0}
    input,select,button{font:inherit;font-size:14px;color:var(--ink);background:var(--card);border:1px solid var(--line);\
    border-radius:6px;padding:5px 8px;min-width:0;width:100%;height:36px}
    button{width:auto;cursor:pointer;padding:6px 12px}
    .chip{display:inline-flex;align-items:center;gap:4px;border:1px solid var(--line);border-radius:999px;padding:3px 12px;\
    cursor:pointer}.chip input{width:auto;height:auto;margin:0 4px 0 0}.chip:has(:checked){background:var(--faint);border-color:var(--soft)}
    .findings{background:var(--card);border:1px solid var(--line);border-radius:10px;border-collapse:separate;\
    border-spacing:0;table-layout:fixed}
    .findings thead th{color:var(--soft);font-size:13px;padding:10px 12px}
    .findings .s{width:112px}.findings .r,.findings .c{width:128px}.findings .r{overflow-wrap:anywhere}.findings .a{width:136px}.findings .d{width:108px}
    .rule>th{padding:18px 12px 12px;border-top:1px solid var(--line);background:var(--faint);font-weight:400}
    .rule div b{font-size:16px}.rule .sev{margin-right:8px}.rule p{margin:2px 0 0;max-width:80ch}
    .rule .why{margin-top:6px;font-size:14px;max-width:84ch}.why>summary{color:var(--link)}.why p{margin:8px 0 0}
    .why ul{margin:8px 0 0;padding-left:18px}
    .f td{padding:9px 12px;border-top:1px solid var(--line);vertical-align:top;font-size:14px}
    .f td.sev{font-size:13px}
    .f summary{list-style-position:outside;margin-left:14px}.f summary:hover{color:var(--link)}
    .f.waived td{color:var(--soft)}
    .tag{font-size:12px;border:1px solid currentColor;border-radius:4px;padding:0 5px;color:var(--soft);white-space:nowrap}
    .tag.live{color:var(--critical);font-weight:600}
    .more{margin:8px 0 4px 14px;scroll-margin-top:120px}
    .f{scroll-margin-top:72px}.f:has(.more:target) td{background:color-mix(in srgb,var(--link) 6%,var(--card))}
    .f:has(.more:target) td:first-child{box-shadow:inset 3px 0 var(--link)}
    .rule div{scroll-margin-top:16px}
    .place{margin:0 0 6px}.place code{font-size:1em}
    pre{margin:0 0 10px;padding:8px 0;background:var(--ground);border:1px solid var(--line);border-radius:6px;\
    overflow-x:auto;line-height:1.55;font-size:12.5px;overflow-wrap:normal}
    pre span{display:block;padding:0 12px;min-width:max-content}pre i{font-style:normal;color:var(--soft);user-select:none}
    pre .new{background:var(--added)}pre .old{background:var(--removed)}
    pre .at{box-shadow:inset 3px 0 var(--soft)}pre .at:not(.new,.old){background:var(--at)}
    dl{display:grid;grid-template-columns:auto 1fr;gap:3px 14px;margin:0;font-size:14px}
    dt{color:var(--soft)}dd{margin:0;min-width:0}
    del{text-decoration:none;background:var(--removed);padding:0 3px;border-radius:3px}
    ins{text-decoration:none;background:var(--added);padding:0 3px;border-radius:3px}
    .refs ul{margin:4px 0;padding-left:18px}
    .fold-row td{padding:8px 12px 12px 138px;border-top:1px solid var(--line)}

    """

  private static let narrow = """
    @media screen and (max-width:720px){
    main{padding:24px 16px 48px}section{margin-top:36px}h1{font-size:26px}
    .tiles{grid-template-columns:1fr 1fr}
    .chart{padding:12px 10px 6px}
    svg .minor{display:none}
    .findings,.findings tbody,.findings tr,.findings td,.rule>th{display:block;width:auto}
    .findings td.s,.findings td.r,.findings td.c,.findings td.a,.findings td.d{width:auto}
    .findings thead{display:none}
    .findings .f:not([hidden]){display:flex;flex-wrap:wrap;align-items:baseline;gap:0 12px;padding:12px;\
    border-top:1px solid var(--line)}.f td{padding:0;border:0}
    .f td:nth-child(2){order:1;flex:0 0 100%;min-width:0;max-width:100%;margin-top:4px}.f .r,.f .c,.f .a,.f .d{color:var(--soft);font-size:13px}
    .f td:empty{display:none}
    .findings [hidden]{display:none}
    .more{margin-left:0}dl{column-gap:10px;font-size:13px}
    .fold-row td{padding:8px 12px}
    .bars,.bars tbody,.bars tr,.bars th,.bars td{display:block;width:auto!important}
    .bars thead{display:none}.bars tr{border-top:1px solid var(--line);padding:10px 12px}.bars tr:first-child{border:0}
    .bars tbody th,.bars tbody td{border:0;padding:2px 0}
    }

    """

  private static let print = """
    @media print{
    @page{margin:14mm}
    :root{color-scheme:light;--ground:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#ccc;--faint:#f3f3f3;--link:#000;\
    --critical:#a00030;--high:#9a3c00;--medium:#6b5000;--low:#444;--some:#d5e3f2;--edge:#2f6aa8;--control:#d6e8e1;\
    --control-edge:#2a7a62;--even:#e8e8e8;--odd:#d3d3d3;--added:#e6f4ea;--removed:#fdebec;--at:#fff6d6;--alarm:#fff}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    body{font-size:10pt}main{max-width:none;padding:0 1px}section{margin-top:24pt}
    #filter:not([hidden]),.skip,.why>summary,.fold-row button{display:none}
    .tile,.cluster,.chart,.f,.bars tr,pre{break-inside:avoid}.rule,h2,.lead,.legend,.cluster>summary{break-after:avoid}
    .findings .s{width:92px}.findings .r,.findings .c{width:88px}.findings .a{width:96px}.findings .d{width:98px}
    .findings thead th{padding:8px}p{orphans:3;widows:3}
    .f td{font-size:9.5pt;padding:6px 8px}.f details:not([open])>summary{list-style:none;margin-left:0}
    .tiles{grid-template-columns:repeat(4,1fr)}
    a{text-decoration:none}pre{white-space:pre-wrap;overflow-wrap:anywhere}pre span{min-width:0}
    }

    """
}

/// The script of the page: it filters the table, folds long rules, and opens the finding that a link leads to. It loads
/// nothing and writes nothing but what the table shows.
enum PageScript {
  /// The whole of it; the page's policy knows it by its hash.
  static let text = #"""

    "use strict";
    (() => {
      const form = document.getElementById("filter");
      if (!form) return;
      const fold = 6;
      const count = document.getElementById("count");
      const nothing = document.getElementById("nothing");
      const cell = (row, name) => row.querySelector(`td.${name}`)?.textContent ?? "";
      const groups = [...document.querySelectorAll(".findings tbody")].map(body => ({
        body, rule: body.dataset.rule, number: body.querySelector(".n"), isOpen: false,
        rows: [...body.querySelectorAll("tr.f")].map(row => ({
          row, severity: cell(row, "s"), repository: cell(row, "r"), cluster: cell(row, "c"), author: cell(row, "a"),
          date: cell(row, "d"), text: null,
        })),
      }));
      const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
      const names = ["rule", "repository", "cluster", "author", "from", "to", "text"];
      const field = name => form.elements.namedItem(name);
      const boxes = [...form.querySelectorAll("[name=severity]")];

      for (const group of groups) {
        const row = document.createElement("tr");
        row.className = "fold-row";
        row.hidden = true;
        const cell = row.insertCell();
        cell.colSpan = group.body.querySelector("th").colSpan;
        group.button = document.createElement("button");
        group.button.type = "button";
        group.button.addEventListener("click", () => {
          group.isOpen = true;
          apply();
          group.rows.filter(item => !item.row.hidden)[fold]?.row.querySelector("summary").focus();
        });
        group.remark = document.createElement("span");
        cell.append(group.button);
        group.foldRow = row;
        group.body.append(row);
      }

      function filter() {
        const values = { severity: boxes.filter(box => box.checked).map(box => box.value) };
        for (const name of names) values[name] = field(name) ? field(name).value : "";
        values.text = values.text.trim().toLowerCase();
        return values;
      }

      function matches(item, group, values) {
        if (values.severity.length && !values.severity.includes(item.severity)) return false;
        if (values.rule && group.rule !== values.rule) return false;
        if (values.repository && item.repository !== values.repository) return false;
        if (values.cluster && item.cluster !== values.cluster) return false;
        if (values.author && item.author !== values.author) return false;
        if (values.from && item.date < values.from) return false;
        if (values.to && (!item.date || item.date > values.to)) return false;
        if (values.text) {
          item.text ??= (group.rule + " " + item.row.textContent).toLowerCase();
          return item.text.includes(values.text);
        }
        return true;
      }

      function apply() {
        const values = filter();
        let shown = 0;
        for (const group of groups) {
          let matching = 0;
          for (const item of group.rows) {
            const isMatch = matches(item, group, values);
            if (isMatch) matching += 1;
            item.row.hidden = !isMatch;
          }
          const isFolded = !group.isOpen && matching > fold + 2;
          if (isFolded) {
            let place = 0;
            for (const item of group.rows) if (!item.row.hidden && (place += 1) > fold) item.row.hidden = true;
          }
          group.foldRow.hidden = !isFolded;
          group.button.textContent = `Show all ${matching} of ${group.rule}`;
          group.body.hidden = matching === 0;
          group.number.textContent = matching === group.rows.length ? `${matching}` : `${matching} of ${group.rows.length}`;
          shown += matching;
        }
        const words = number => number.toLocaleString("en");
        count.textContent = shown === total ? words(total) : `${words(shown)} of ${words(total)}`;
        nothing.hidden = shown > 0;
      }

      function write() {
        const values = filter();
        const parts = values.severity.length ? ["severity=" + values.severity.join(",")] : [];
        for (const name of names) if (values[name]) parts.push(name + "=" + encodeURIComponent(values[name]));
        history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.pathname + location.search);
      }

      function read(hash) {
        const wanted = new URLSearchParams(hash);
        const severities = (wanted.get("severity") || "").split(",");
        for (const box of boxes) box.checked = severities.includes(box.value);
        for (const name of names) if (field(name)) field(name).value = wanted.get(name) || "";
      }

      function reveal(place) {
        const row = place.closest("tr");
        const group = groups.find(group => group.body.contains(row));
        if (!group) return;
        const item = group.rows.find(item => item.row === row);
        if (item && !matches(item, group, filter())) read("");
        if (item) group.isOpen = true;
        apply();
        const details = row.querySelector("td details");
        if (item && details) {
          details.open = true;
          row.scrollIntoView({ block: "start" });
          details.querySelector("summary").focus({ preventScroll: true });
        } else {
          place.scrollIntoView({ block: "start" });
        }
      }

      function follow(isFirst) {
        const hash = location.hash.slice(1);
        let place = null;
        try { place = document.getElementById(decodeURIComponent(hash)); } catch { place = null; }
        const isFilter = hash.includes("=");
        if (isFilter) read(hash);
        apply();
        if (isFilter) document.getElementById("findings").scrollIntoView();
        else if (place && place.closest(".findings")) reveal(place);
        else if (!isFirst && place) place.scrollIntoView();
      }

      form.hidden = false;
      form.addEventListener("input", () => { for (const group of groups) group.isOpen = false; apply(); write(); });
      form.addEventListener("reset", () => setTimeout(() => { apply(); write(); }));
      form.addEventListener("submit", event => event.preventDefault());
      addEventListener("hashchange", () => follow(false));
      document.addEventListener("click", event => {
        const link = event.target.closest && event.target.closest("a[href^='#f-'],a[href^='#r-']");
        if (link && link.getAttribute("href") === location.hash) follow(false);
      });
      follow(true);
    })();

    """#
}

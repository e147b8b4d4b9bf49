extension LiveScript {
    /// Ages go on between states, by the gateway's clock: the browser's may be wrong.
    static let ages: Markup = """

          let clock = Date.parse(document.body.dataset.now) - Date.now();
          const now = () => Date.now() + clock;

          function age(seconds) {
            if (seconds < 5) return "just now";
            if (seconds < 60) return Math.floor(seconds) + " s ago";
            if (seconds < 3600) return Math.floor(seconds / 60) + " min ago";
            if (seconds < 86400) return Math.floor(seconds / 3600) + " h ago";
            const days = Math.floor(seconds / 86400);
            return days === 1 ? "1 day ago" : days + " days ago";
          }

          function tellAges() {
            for (const time of all("tbody time[datetime]")) {
              write(time.querySelector("[data-cell='age']"), age((now() - Date.parse(time.dateTime)) / 1000));
            }
          }

        """

    /// What was seen since the page was opened, ten minutes at most: the gateway keeps nothing for it.
    static let histories: Markup = """

          const kept = 600_000, gap = 30_000;
          let seen = [], startedAt;
          const number = (value) => value >= 10 ? Math.round(value).toLocaleString("en") : value.toFixed(1);
          const milliseconds = (value) => value < 1000 ? (value < 10 ? value.toFixed(1) : Math.round(value)) + " ms"
            : (value / 1000).toFixed(1) + " s";

          function remember(state) {
            if (state.startedAt !== startedAt) seen = [];
            startedAt = state.startedAt;
            const moment = {
              at: Date.parse(state.now), requests: state.requests,
              sides: state.sides.map((side) => side.medianMilliseconds),
            };
            const last = seen.at(-1);
            if (last && moment.at <= last.at) return;
            // Over ten seconds: of one alone it would jump.
            const from = seen.find((one) => one.at >= moment.at - 10_000);
            moment.rate = from && moment.at - from.at >= 4_000 ? (moment.requests - from.requests) / (moment.at - from.at) * 1000 : null;
            seen.push(moment);
            while (seen[0].at < moment.at - kept) seen.shift();
          }

          function span() {
            const seconds = Math.round((seen.at(-1).at - seen[0].at) / 1000);
            if (seconds < 90) return "the last " + (seconds === 1 ? "second" : seconds + " s");
            return "the last " + Math.round(seconds / 60) + " min";
          }

          function draw(name, value, highest, inWords) {
            const figure = document.querySelector(`[data-history="${name}"]`);
            const points = seen.map((moment) => [moment.at, value(moment)]).filter(([, y]) => y != null);
            if (!figure || points.length < 2) return;
            const start = seen[0].at, length = seen.at(-1).at - start;
            let path = "", area = "", before = -Infinity, x, y;
            for (const [at, reading] of points) {
              x = ((at - start) / length * 296 + 1).toFixed(1);
              y = (57 - (highest > 0 ? reading / highest : 0) * 52).toFixed(1);
              if (at - before > gap) {
                if (area) area += "V60";
                area += `M${x} 60`;
                path += "M";
              } else path += "L";
              path += x + " " + y;
              area += "L" + x + " " + y;
              before = at;
            }
            mark(figure.querySelector(".area"), "d", area + "V60");
            mark(figure.querySelector(".line"), "d", path);
            mark(figure.querySelector(".end"), "d", `M${x} ${y}h0`);
            const readings = points.map(([, reading]) => reading);
            const [least, most] = [Math.min(...readings), Math.max(...readings)].map(inWords);
            const range = least === most ? least : `${least} to ${most}`;
            write(figure.querySelector(".seen"), `${inWords(readings.at(-1))} now, ${range} in ${span()}`);
          }

          function drawAll() {
            draw("rate", (moment) => moment.rate, Math.max(...seen.map((moment) => moment.rate ?? 0)), number);
            // Both sides by one scale: they are to be compared.
            const highest = Math.max(0, ...seen.flatMap((moment) => moment.sides.map((median) => median ?? 0)));
            seen.at(-1).sides.forEach((_, side) => {
              draw("side-" + side, (moment) => moment.sides[side], highest, milliseconds);
            });
          }

        """
}

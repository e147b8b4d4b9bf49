extension LiveScript {
    /// Live, lost, paused or outdated, in words; they are said when that changes, and not with each update.
    static let connection: Markup = """

          const connection = document.getElementById("connection"), pause = document.getElementById("pause");
          const announcement = document.getElementById("announcement");
          const patience = 4_000, silence = 20_000;
          let source, grace, again, wait = 1_000, heardAt = 0, isPaused = false, isOutdated = false;
          let told, turned, turnedAt;

          function say(state, words) {
            mark(connection, "data-state", state);
            write(connection, words);
          }

          const sayLost = () => say("lost", "Connection lost, trying again");

          function close() {
            clearTimeout(grace);
            clearTimeout(again);
            grace = again = undefined;
            source?.close();
            source = undefined;
          }

          function open() {
            close();
            heardAt = performance.now();
            source = new EventSource("\(LivePage.events)");
            source.onmessage = (event) => {
              clearTimeout(grace);
              grace = undefined;
              heardAt = performance.now();
              wait = 1_000;
              take(event.data);
            };
            source.onerror = (event) => {
              // A short break is nobody's concern.
              grace ??= setTimeout(sayLost, patience);
              if (event.target.readyState !== EventSource.CLOSED || again) return;
              again = setTimeout(() => { again = undefined; retry(); }, wait);
              wait = Math.min(wait * 2, 30_000);
            };
          }

          function begin() {
            say("still", "Connecting");
            open();
            grace = setTimeout(sayLost, patience);
          }

          // Unlike `open`, it leaves what is due to be said.
          function retry() {
            const due = grace;
            grace = undefined;
            open();
            grace = due;
          }

          function take(text) {
            let state;
            try { state = JSON.parse(text); } catch { return outdated("An update can't be read"); }
            const { version, mode } = document.body.dataset;
            if (state.version !== version || state.mode !== mode) {
              return outdated(`The gateway is now a ${state.mode} of version ${state.version}`);
            }
            clock = Date.parse(state.now) - Date.now();
            fill(state.page);
            tellAges();
            remember(state);
            drawAll();
            tellVerdict(state.page);
            say("live", "Live");
          }

          function outdated(why) {
            isOutdated = true;
            close();
            // Not `disabled`: that would take away the focus.
            pause.setAttribute("aria-disabled", "true");
            say("lost", why + ": reload this page.");
          }

          // A verdict that has lasted ten seconds: whoever does not see the page should hear of it, once.
          function tellVerdict(page) {
            if (!page.verdict) return;
            told ??= page.verdict;
            if (page.verdict !== turned) [turned, turnedAt] = [page.verdict, now()];
            if (turned === told || now() - turnedAt < 10_000) return;
            told = turned;
            write(announcement, "The verdict is now: " + page.title);
          }

          pause.addEventListener("click", () => {
            if (isOutdated) return;
            isPaused = !isPaused;
            write(pause, isPaused ? "Resume updates" : "Pause updates");
            if (isPaused) {
              close();
              say("paused", "Paused");
            } else {
              begin();
            }
          });

          setInterval(() => {
            if (isPaused || isOutdated) return;
            tellAges();
            if (performance.now() - heardAt > silence) {
              sayLost();
              open();
            }
          }, 1_000);

          // A page that the browser has kept is of another time.
          addEventListener("pagehide", close);
          addEventListener("pageshow", (event) => { if (event.persisted && !isPaused && !isOutdated) begin(); });

          pause.hidden = false;
          for (const figure of all("[data-history]")) figure.hidden = false;
          begin();

        """
}

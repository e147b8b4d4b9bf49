/// A gateway's stub, and a Chromium that is driven over its debugging pipe: Python's standard library has all that is
/// needed, and keys are really pressed.
package enum LiveDriver {
    /// A program of a test's steps: lines of Python, with what comes before and after them.
    package static func program(_ steps: String) -> String {
        let lines = steps.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
        return start + lines.joined(separator: "\n") + end
    }

    /// Before a test's steps. They find `page` (the page's text), `states` (JSON lines), `stub` and `browser`, and put
    /// what they find into `result`.
    private static let start = #"""
        import http.server, json, os, queue, subprocess, sys, threading, time

        with open(sys.argv[1], encoding="utf-8") as file:
            given = json.load(file)
        page, states, result = given["page"], given["states"], {}
        patience = 30

        def until(condition, what):
            end = time.monotonic() + patience
            while time.monotonic() < end:
                value = condition()
                if value:
                    return value
                time.sleep(0.02)
            raise AssertionError("in vain: " + what)

        class Stub:
            """Serves the page and its events as a gateway does."""

            def __init__(self):
                self.listeners, self.asked, self.isDown, self.last = set(), 0, False, None
                stub = self

                class Handler(http.server.BaseHTTPRequestHandler):
                    def log_message(self, *_): pass

                    def do_GET(self):
                        if self.path == "/":
                            body = page.encode()
                            self.send_response(200)
                            self.send_header("Content-Type", "text/html; charset=utf-8")
                            self.send_header("Content-Security-Policy", given["policy"])
                            self.send_header("Cache-Control", "no-store")
                            self.send_header("Content-Length", str(len(body)))
                            self.end_headers()
                            self.wfile.write(body)
                            return
                        if self.path != given["events"] or stub.isDown:
                            self.send_error(503 if stub.isDown else 404)
                            return
                        stub.asked += 1
                        self.send_response(200)
                        self.send_header("Content-Type", "text/event-stream")
                        self.send_header("Cache-Control", "no-store")
                        self.end_headers()
                        self.wfile.write(b"retry: 200\n\n")
                        mine = queue.Queue()
                        stub.listeners.add(mine)
                        try:
                            if stub.last is not None:
                                self.tell(stub.last)
                            while True:
                                try:
                                    state = mine.get(timeout=0.2)
                                except queue.Empty:
                                    self.wfile.write(b": still here\n\n")
                                    continue
                                if state is None:
                                    return
                                self.tell(state)
                        except OSError:
                            pass
                        finally:
                            stub.listeners.discard(mine)

                    def tell(self, state):
                        self.wfile.write(b"data: " + state.encode() + b"\n\n")

                self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
                self.server.daemon_threads = True
                threading.Thread(target=self.server.serve_forever, daemon=True).start()
                self.url = "http://127.0.0.1:%d/" % self.server.server_address[1]

            def send(self, state):
                """Tells all who listen, and whoever asks later."""
                self.last = state
                for listener in list(self.listeners):
                    listener.put(state)

            def hang_up(self):
                for listener in list(self.listeners):
                    listener.put(None)

        class Browser:
            def __init__(self):
                down, our_down = os.pipe()
                our_up, up = os.pipe()
                command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
                    "--no-first-run", "--disable-extensions", "--disable-background-networking",
                    "--user-data-dir=" + given["profile"], "--remote-debugging-pipe", "about:blank"]

                def place():
                    # Chromium reads from 3 and writes to 4; copies first, for 3 may be one of ours.
                    one, other = os.dup(down), os.dup(up)
                    os.dup2(one, 3)
                    os.dup2(other, 4)

                self.process = subprocess.Popen(command, preexec_fn=place, close_fds=False,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                os.close(down)
                os.close(up)
                self.out, self.into = our_down, os.fdopen(our_up, "rb")
                self.number, self.answers, self.console, self.session = 0, {}, [], None
                self.lock = threading.Condition()
                threading.Thread(target=self.listen, daemon=True).start()
                target = self.call("Target.createTarget", url="about:blank")["targetId"]
                self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
                for domain in ["Page", "Runtime", "Log", "Accessibility"]:
                    self.call(domain + ".enable")
                self.look()

            def listen(self):
                buffer = b""
                while True:
                    part = self.into.raw.read(1 << 16)
                    if not part:
                        return
                    *messages, buffer = (buffer + part).split(b"\0")
                    for message in map(json.loads, messages):
                        self.hear(message)

            def hear(self, message):
                parameters = message.get("params", {})
                with self.lock:
                    if "id" in message:
                        self.answers[message["id"]] = message
                    elif message["method"] == "Runtime.consoleAPICalled":
                        self.console.append(str([a.get("value") for a in parameters["args"]]))
                    elif message["method"] == "Runtime.exceptionThrown":
                        details = parameters["exceptionDetails"]
                        self.console.append(details.get("exception", {}).get("description", details["text"]))
                    elif message["method"] == "Log.entryAdded":
                        self.console.append(parameters["entry"]["text"])
                    self.lock.notify_all()

            def call(self, method, **parameters):
                self.number += 1
                number = self.number
                message = {"id": number, "method": method, "params": parameters}
                if self.session:
                    message["sessionId"] = self.session
                os.write(self.out, json.dumps(message).encode() + b"\0")
                with self.lock:
                    if not self.lock.wait_for(lambda: number in self.answers, timeout=patience):
                        raise AssertionError("no answer to " + method)
                    answer = self.answers.pop(number)
                if "error" in answer:
                    raise AssertionError(method + ": " + str(answer["error"]))
                return answer["result"]

            def look(self, width=1280, height=900, scheme="light", reduced=False):
                self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                    mobile=False)
                self.call("Emulation.setEmulatedMedia", features=[
                    {"name": "prefers-color-scheme", "value": scheme},
                    {"name": "prefers-reduced-motion", "value": "reduce" if reduced else "no-preference"}])

            def open(self, url):
                self.call("Page.navigate", url=url)
                until(lambda: self.ask("location.href === %s && document.readyState === 'complete'" % json.dumps(url)),
                    "loading " + url)

            def ask(self, expression):
                answer = self.call("Runtime.evaluate", expression="(() => { return (%s); })()" % expression,
                    returnByValue=True, awaitPromise=True)
                if "exceptionDetails" in answer:
                    raise AssertionError(expression + ": " + str(answer["exceptionDetails"]))
                return answer["result"].get("value")

            def run(self, body):
                """The body of a function, and what it returns."""
                return self.ask("(() => {%s})()" % body)

            def until(self, expression):
                def ask():
                    # While a page is loaded there is nothing to ask.
                    try:
                        return self.ask(expression)
                    except AssertionError:
                        return False

                return until(ask, expression)

            def text(self, selector):
                return self.ask("document.querySelector(%s)?.textContent" % json.dumps(selector))

            def press(self, code):
                """Tab, Enter or Space."""
                key, number, text = {"Tab": ("Tab", 9, ""), "Enter": ("Enter", 13, "\r"), "Space": (" ", 32, " ")}[code]
                stroke = {"key": key, "code": code, "windowsVirtualKeyCode": number}
                self.call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **stroke)
                self.call("Input.dispatchKeyEvent", type="keyUp", **stroke)

            def close(self):
                os.close(self.out)
                try:
                    self.process.wait(10)
                except subprocess.TimeoutExpired:
                    self.process.kill()
                    self.process.wait()

        def show(state):
            """Sends a state, and waits until the page shows it."""
            stub.send(state)
            now = json.loads(state)["page"]["texts"]["now"]
            browser.until("document.querySelector('[data-text=now]').textContent === %s" % json.dumps(now))

        def says(words):
            browser.until("document.getElementById('connection').textContent === %s" % json.dumps(words))

        def focused():
            return browser.run("const e = document.activeElement; return e.id || e.ariaLabel || e.className || e.tagName;")

        stub = Stub()
        browser = Browser()
        try:

        """#

    /// After them.
    private static let end = #"""

            result["console"] = browser.console
        finally:
            browser.close()
        print(json.dumps(result))

        """#
}

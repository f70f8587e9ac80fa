import logging
import sys

from mi_helpers.ui.guard import guarded, log, log_to_server


def test_a_callback_that_works_is_let_through():
    assert guarded(lambda x: x + 1, print, "sorry")(1) == 2


def test_a_failing_callback_tells_and_logs(caplog):
    said = []

    def on_click():
        raise RuntimeError("nobody expects this")

    guarded(on_click, said.append, "sorry")()
    assert said == ["sorry"]
    assert "nobody expects this" in caplog.text and "on_click" in caplog.text


def test_the_log_goes_to_the_servers_standard_error(monkeypatch, tmp_path):
    class Redirected:
        """As in a kernel: what is written here goes to the browser."""

        def __init__(self, descriptor):
            self._original_stdstream_copy = descriptor

        def write(self, text):
            raise AssertionError("this would go to the browser")

    before = list(log.handlers)
    log.handlers.clear()
    with open(tmp_path / "server.log", "w") as server:
        monkeypatch.setattr(sys, "stderr", Redirected(server.fileno()))
        log_to_server()
        log_to_server()
        assert len(log.handlers) == 1
        logging.getLogger("mi_helpers.ui").error("seen by the server")
    log.handlers[:] = before
    assert "seen by the server" in (tmp_path / "server.log").read_text()


def test_in_a_kernel_the_traceback_reaches_the_server(tmp_path):
    """A callback's traceback goes to the kernel's terminal, and not to the page."""
    from jupyter_client.manager import start_new_kernel

    messages = []
    with open(tmp_path / "server.log", "w") as server:
        manager, client = start_new_kernel(stderr=server)
        try:
            client.execute_interactive(
                "from mi_helpers.ui.guard import guarded, log_to_server\nlog_to_server()\n"
                "guarded(lambda: 1 / 0, lambda said: None, 'sorry')()",
                output_hook=lambda message: messages.append(message["content"]),
                timeout=60,
            )
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    assert "ZeroDivisionError" in (tmp_path / "server.log").read_text()
    assert "ZeroDivisionError" not in str(messages)

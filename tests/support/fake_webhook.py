"""A stand-in for everything that takes messages: a webhook, Pushover (POST /1/messages.json
and /1/users/validate.json) and a heartbeat."""

from stand_in import Handler, arguments, serve


class Webhook(Handler):
    def answer(self, method, headers, body, plan):
        if self.path == "/1/messages.json":
            self.send_json({"status": 1, "request": "a-request-id"})
        elif self.path == "/1/users/validate.json":
            self.send_json({"status": 1, "group": 0, "devices": ["phone", "tablet"], "request": "a-request-id"})
        else:
            self.send_text("ok", kind="text/plain")


if __name__ == "__main__":
    serve(Webhook, arguments().parse_args())

"""How gunicorn serves the application, on a desk and in production; the address comes from the caller."""

import os

bind = os.environ.get("NOUVEA_ECOUTE", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("NOUVEA_WEB_PROCESSUS", "2"))
threads = int(os.environ.get("NOUVEA_WEB_FILS", "4"))
timeout = 60
graceful_timeout = 10
keepalive = 5
# A worker is replaced now and then, so that memory lost to a library comes back.
max_requests = 5000
max_requests_jitter = 500
# The control socket would be one more door, and stands in a home folder that may not exist.
control_socket_disable = True
# No access log: an address may be a secret (the follow-up of an anonymous report), and who read what stands
# in the journal of the application.
accesslog = None
errorlog = "-"

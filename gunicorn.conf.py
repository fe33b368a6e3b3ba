"""How gunicorn serves the product: threads, no address of a visitor in any log."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("PINGYI_WORKERS", "2"))
threads = 8
# A log of addresses and times beside anonymous answers would undo the anonymity; errors still go to stderr.
accesslog = None
control_socket_disable = True

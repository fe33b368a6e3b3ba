"""The WSGI entry: `gunicorn wsgi:app`, and what the `flask` command finds by itself."""

from config import load_settings
from demo.commands import demo
from webapp import create_app

app = create_app(load_settings())
app.cli.add_command(demo)

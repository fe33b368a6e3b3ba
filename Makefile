# `make run` serves the demonstration; `make test` runs every test; `make check` the fast ones. See README.md.
PY := .venv/bin/python
READY := .venv/ready
HOST ?= 127.0.0.1
PORT ?= 8000
PARALLEL ?= auto
export HOST PORT
export FLASK_APP := wsgi.py

.PHONY: run test check bench pictures catalogs lock clean format

run: .venv/runtime catalogs
	$(PY) -m flask demo load
	@echo "Serving on http://$(HOST):$(PORT) (sign-in list: var/demo-accounts.csv)"
	.venv/bin/gunicorn --config gunicorn.conf.py wsgi:app

test: $(READY) catalogs
	$(PY) -m tools.find_browser --install
	$(PY) -m pytest -n $(PARALLEL) --dist loadgroup

check: $(READY) catalogs
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --lint webapp/templates --quiet
	$(PY) -m pytest -n $(PARALLEL) --dist loadgroup -m "not browser and not postgres and not slow"

bench: $(READY) catalogs
	$(PY) -m bench

pictures: $(READY) catalogs
	$(PY) -m tools.find_browser --install
	$(PY) -m tools.pictures

format: $(READY)
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

catalogs: .venv/runtime
	@$(PY) tools/catalogs.py

lock: $(READY)
	cd requirements && for name in bootstrap runtime dev; do \
	  ../.venv/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	    --no-emit-index-url --custom-compile-command "make lock" $$name.in -o $$name.txt; done

.venv/bin/uv: requirements/bootstrap.txt
	test -d .venv || python3 -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

.venv/runtime: .venv/bin/uv requirements/runtime.txt
	test -e $(READY) || .venv/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements/runtime.txt
	@touch $@

$(READY): .venv/bin/uv requirements/dev.txt
	.venv/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements/dev.txt
	@touch $@ .venv/runtime

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# Two commands on a fresh machine with Python 3.11+, pip and make: `make demo` and `make test`.

PYTHON ?= python3
UV = uv==0.13.9
BIN = .venv/bin
DATA ?= data

# uv, fetched by pip into .venv, installs in seconds what takes pip a minute, with the certificates
# of the system, which has those of a network's own authority. Where it can't reach the package index
# (one that only pip is configured for), pip does the same, slower.
install = $(BIN)/uv pip install --quiet --system-certs --python $(BIN)/python --compile-bytecode -c constraints.txt \
	--config-settings editable_mode=compat -e $(1) \
	|| { echo "uv can't install here (why is above); pip does, in some minutes ..."; \
	$(PYTHON) -m pip --python $(BIN)/python install --quiet -c constraints.txt \
	--config-settings editable_mode=compat -e $(1); }

.PHONY: demo test check setup docs pins clean

demo: .venv/runtime ## Take in the sample briefs and show what came of them
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh docs/tour.sh $(DATA)

# A file of tests stays on one process: what its tests share is made once.
test: check ## Check and run all tests, on all cores
	$(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadfile --no-loadscope-reorder

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

setup: .venv/dev ## Install everything that developing needs

docs: .venv/dev ## Write the generated pages of docs/ anew
	$(BIN)/python -m docs.generate

pins: .venv/dev ## Resolve constraints.txt anew
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra bench --universal --upgrade --no-emit-index-url \
		--no-header --quiet --output-file constraints.txt

clean:
	rm -rf .venv build *.egg-info

.venv/uv: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Briefhouse needs Python 3.11 or newer, this is {sys.version.split()[0]}: make PYTHON=python3.12 ...")'
	@echo "Setting up .venv ..."
	@$(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install --quiet $(UV)
	@touch $@

.venv/runtime: .venv/uv pyproject.toml constraints.txt
	@echo "Installing packages (about 150 MB) ..."
	@$(call install,.)
	@touch $@

.venv/dev: .venv/runtime
	@$(call install,'.[dev]')
	@touch $@

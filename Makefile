# make app   opens the page      make test   runs every check      (both set up .venv first)
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8501

.PHONY: app test catalogue train score lock clean

app: $(VENV)/.app
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

catalogue: $(VENV)/.test
	$(BIN)/python -m detector.indicators.compiled

train: $(VENV)/.test
	$(BIN)/python -m training.fit

score: $(VENV)/.test
	$(BIN)/python benchmarks/must_hold.py

lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra app --extra build --extra xlsx --extra ocr -q --custom-compile-command "make lock" -o requirements.lock pyproject.toml
	uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 --extra app --extra build --extra xlsx --extra ocr --extra cluster --extra test -q --custom-compile-command "make lock" -o requirements-test.lock pyproject.toml

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.12 app"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python cannot make a virtual environment here; install it with: sudo apt-get install python3-venv"; rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.app: $(VENV)/.python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.python requirements-test.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

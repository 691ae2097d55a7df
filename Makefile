PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000

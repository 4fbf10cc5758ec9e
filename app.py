"""Streamlit entry (``streamlit run app.py``): wiring only, the page is in :mod:`webui.page`."""

from webui.page import main

main()

"""Streamlit entry."""

from graphfraud.ui import main

main()

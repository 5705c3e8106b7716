"""The script that Streamlit runs when the app is started from an installed package."""

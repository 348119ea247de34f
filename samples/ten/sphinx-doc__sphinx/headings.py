def heading(text):
    return text + "\n" + "=" * len(text)

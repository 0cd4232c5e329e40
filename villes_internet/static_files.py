"""The styles, scripts and pictures of the pages, as production serves them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A script names another by `import`: that name too is the one with its fingerprint."""

    support_js_module_import_aggregation = True

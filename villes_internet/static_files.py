"""The styles, scripts and pictures of the pages, as production serves them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """A script of ours names another by `import`: that name too is the one with its fingerprint.

    The scripts of packages are served as they are: some import what only a bundler would find.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

"""The rows of the table of settings, by what they are about; `cov_cli.options` joins them."""

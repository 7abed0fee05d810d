"""The subcommands of ``antinomy``, one file each. They import what is slow; ``cli`` does not."""

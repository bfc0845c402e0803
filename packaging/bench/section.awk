# SPDX-License-Identifier: Apache-2.0
# Prints docs/benchmarks.md with the text between `<!-- KEY -->` and the next `<!-- end -->` replaced by the file
# `section`: awk -v key=KEY -v section=FILE.
$0 == "<!-- " key " -->" {
    print
    while ((getline line < section) > 0) print line
    skip = 1
}
$0 == "<!-- end -->" { skip = 0 }
!skip

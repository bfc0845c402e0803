# SPDX-License-Identifier: Apache-2.0
# One file completes both programs.
source (status dirname)/wgj.fish

// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// A file's owner, group and permissions.
///
/// @param owner a user's number; 0 is root
/// @param group the number of the group that the permissions of the group are for
/// @param mode type and permissions, as `st_mode`
public record FileFacts(int owner, int group, int mode) {}

// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.quick.plan.Step;
import java.util.List;

/// Where a run writes down what it is about to do, so that another run can undo it. What is written is safe from the
/// end of this process when a method returns.
interface Journal {
    /// A run begins.
    ///
    /// @param word `up`, `down`, `reload`, or `adopt` for a tunnel that another tool has made
    void begin(String word) throws JournalException;

    /// These steps, none of them a hook, are about to be performed.
    void about(List<Step> steps) throws JournalException;

    /// They have been.
    void done() throws JournalException;

    /// Of them only `performed` have been.
    void failed(List<Step> performed) throws JournalException;

    /// The link that was made has this index.
    void link(int index) throws JournalException;

    /// Fingerprints of the endpoints that the device has got.
    void endpoints(Iterable<Long> fingerprints) throws JournalException;

    /// The run has come to its end, and what it did stays.
    void end() throws JournalException;

    /// Nothing is left that would have to be undone: the journal goes.
    void delete() throws JournalException;
}

// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

/// Something to do for every kind of step.
///
/// @param <T> what comes of it
public interface StepVisitor<T> {
    T createLink(Step.CreateLink step);

    T startEngine(Step.StartEngine step);

    T deleteLink(Step.DeleteLink step);

    T applyDevice(Step.ApplyDevice step);

    T reloadDevice(Step.ReloadDevice step);

    T restoreDevice(Step.RestoreDevice step);

    T setFwmark(Step.SetFwmark step);

    T addAddress(Step.AddAddress step);

    T deleteAddress(Step.DeleteAddress step);

    T replaceAddress(Step.ReplaceAddress step);

    T setMtuAndUp(Step.SetMtuAndUp step);

    T setMtu(Step.SetMtu step);

    T addRule(Step.AddRule step);

    T deleteRule(Step.DeleteRule step);

    T addRoute(Step.AddRoute step);

    T deleteRoute(Step.DeleteRoute step);

    T replaceRoute(Step.ReplaceRoute step);

    T setSysctl(Step.SetSysctl step);

    T installFirewall(Step.InstallFirewall step);

    T removeFirewall(Step.RemoveFirewall step);

    T replaceFirewall(Step.ReplaceFirewall step);

    T setDns(Step.SetDns step);

    T unsetDns(Step.UnsetDns step);

    T replaceDns(Step.ReplaceDns step);

    T runHook(Step.RunHook step);

    T saveConfig(Step.SaveConfig step);
}

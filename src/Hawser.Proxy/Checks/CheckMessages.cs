using Hawser.Io.Kernels;
using Hawser.Proxy.Backends;

namespace Hawser.Proxy.Checks;

/// <summary>The words of HAProxy 3.5 for results of checks, as observed from it.</summary>
public static class CheckMessages
{
    /// <summary>The line of "option log-health-checks".</summary>
    public static string Logged(Server server, in CheckOutcome outcome, in RiseFall health) =>
        $"Health check for {(server.IsBackup ? "backup " : "")}server {ServerStateMessages.Path(server)} "
        + $"{(outcome.Passed ? "succeeded" : "failed")}{Cause(outcome)}, status: {health}.";

    /// <summary>What follows the state in a message: reason, detail and duration.</summary>
    public static string Cause(in CheckOutcome outcome)
    {
        string information = Information(outcome);
        string detail = information.Length == 0 ? "" : $", info: \"{information}\"";
        string duration = outcome.DurationMs < 0 ? "" : $", check duration: {outcome.DurationMs}ms";
        return $", reason: {CheckStatuses.Description(outcome.Status)}{detail}{duration}";
    }

    /// <summary>The detail of a failure ("last_chk" of the statistics); empty when there is none.</summary>
    public static string Information(in CheckOutcome outcome)
    {
        if (outcome.Status == CheckStatus.HealthAnalyze)
        {
            return $"Detected {outcome.ObservedErrors} consecutive errors, last one was: "
                + "L4 unsuccessful connection";
        }

        if (outcome.Error == KernelError.None)
            return "";
        string error = KernelErrorText.Of(outcome.Error);
        return outcome.Step switch
        {
            CheckStep.Source => $"Can't bind to source address ({error})",
            CheckStep.Socket => $"General socket error ({error})",
            CheckStep.Connection when outcome.Error == KernelError.ConnectionRefused =>
                $"ECONNREFUSED returned by OS ({error})",
            _ => error,
        };
    }

    /// <summary>HAProxy prints this beside each check that fails for its "source" address.</summary>
    public static string CannotBindSource(Backend backend) =>
        $"Cannot bind to source address before connect() for backend {backend.Name}. Aborting.";
}

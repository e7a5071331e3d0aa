using Hawser.Conformance.Suite;

namespace Hawser.Conformance.Runs;

/// <param name="Reason">Why it did not pass, in one line without times, ports and paths; empty when it passed.</param>
/// <param name="Log">All that the test tool wrote.</param>
/// <param name="NeededTwo">It failed first, and passed alone afterwards.</param>
internal sealed record TestResult(UpstreamTest Test, Outcome Outcome, string Reason, string Log, double Seconds, bool NeededTwo = false);

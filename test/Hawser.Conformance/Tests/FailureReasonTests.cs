using Hawser.Conformance.Runs;
using Xunit;

namespace Hawser.Conformance.Tests;

public sealed class FailureReasonTests
{
    [Fact]
    public void What_the_program_refused_comes_first() => Assert.Equal(
        "mode 'http' is not implemented yet",
        FailureReason.Of(
            Outcome.Failed,
            "***  h1  debug|[ALERT]    (4711) : config : parsing [/tmp/x/cfg:12] : mode 'http' is not implemented yet\n---- h1   Bad exit status: 0x0100\n",
            "/tmp/x"));

    [Fact]
    public void A_refusal_that_a_test_wants_is_no_reason() => Assert.Equal(
        "mode 'http' is not implemented yet",
        FailureReason.Of(
            Outcome.Failed,
            "***  h1  debug|[ALERT]  (1) : config : wanted\n***  h2  debug|[ALERT]  (2) : config : mode 'http' is not implemented yet\n---- h2   Bad exit status: 0x0100\n",
            "/tmp/x"));

    [Fact]
    public void What_differs_from_run_to_run_is_left_out() => Assert.Equal(
        "c1 HTTP rx timeout (fd:N N)",
        FailureReason.Of(Outcome.Failed, "---- c1    HTTP rx timeout (fd:8 5.000s)\n", "/tmp/x"));

    [Fact]
    public void A_test_that_does_not_apply_names_what_it_lacks() => Assert.Equal(
        "lacks feature(OPENSSL)",
        FailureReason.Of(Outcome.NotApplicable, "**   top   === feature cmd \"$HAPROXY_PROGRAM -cc 'feature(OPENSSL)'\"\n*    top   SKIPPING test\n", "/tmp/x"));
}

using Hawser.Proxy.Accounting;
using Xunit;

namespace Hawser.Tests.Proxy.Accounting;

public sealed class LossLedgerTests
{
    /// <summary>docs/loss.md: what the peer's kernel has not acknowledged may still arrive.</summary>
    [Fact]
    public void Lost_is_everything_but_what_may_still_arrive() =>
        Assert.Equal(111, new LossLedger { Buffered = 1, Unread = 10, Late = 100, Unconfirmed = 1000 }.Lost);
}

using System.Linq;
using Hawser.Config.Model;
using Hawser.Proxy.Streams.Steps;
using Xunit;

namespace Hawser.Tests.Proxy.Streams;

/// <summary>"retry-on" (manual, section 4.2).</summary>
public sealed class RetryConditionTests
{
    private static readonly int[] s_statuses = [401, 403, 404, 408, 421, 425, 429, 500, 501, 502, 503, 504];

    [Fact]
    public void Each_status_of_the_manual_has_its_condition_and_no_other_has_one()
    {
        for (int status = 100; status < 1000; status++)
        {
            string expected = s_statuses.Contains(status) ? $"Status{status}" : nameof(RetryConditions.None);
            Assert.Equal(expected, RequestRetry.OfStatus(status).ToString());
        }
    }
}

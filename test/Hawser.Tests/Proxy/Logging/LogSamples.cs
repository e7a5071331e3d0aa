using System;
using Hawser.Base.Network;
using Hawser.Base.Time;
using Hawser.Proxy.Logging;
using Xunit;

namespace Hawser.Tests.Proxy.Logging;

/// <summary>The session of the manual's example in section 8.2.2, and what is needed to log it.</summary>
internal static class LogSamples
{
    public static SessionLogRecord Session()
    {
        SessionLogRecord record = new();
        record.Reset();
        record.Client = Address("10.0.1.2", 33313);
        record.FrontendAddress = Address("10.0.3.31", 8012);
        record.ServerAddress = Address("127.0.0.1", 8000);
        record.BackendSource = Address("127.0.0.1", 40001);

        // 2009-02-06T12:12:51.443 UTC
        record.AcceptDate = new UnixTime(1_233_922_371_443_000);
        record.HandshakeMs = 0;
        record.QueueMs = 0;
        record.ConnectMs = 0;
        record.DataMs = 5007;
        record.TotalMs = 5007;
        record.UserMs = 5007;
        record.ResponseBytesIn = 212;
        record.ResponseBytesOut = 212;
        record.RequestBytesIn = 70;
        record.RequestBytesOut = 70;
        record.FrontendName = "fnt"u8.ToArray();
        record.FrontendTransportName = record.FrontendName;
        record.BackendName = "bck"u8.ToArray();
        record.ServerName = "srv1"u8.ToArray();
        record.Retries = 3;
        return record;
    }

    public static LogProcess Process(int maximumLineBytes = 1024) => new()
    {
        ProcessId = 14387,
        Hostname = "vm"u8.ToArray(),
        Zone = TimeZoneInfo.Utc,
        MaximumLineBytes = maximumLineBytes,
    };

    public static NetworkAddress Address(string text, ushort port)
    {
        Assert.True(NetworkAddress.TryParse(text.AsSpan(), out NetworkAddress address));
        return address.WithPort(port);
    }
}

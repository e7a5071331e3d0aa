using System;
using System.Globalization;
using System.Text;

namespace Hawser.Protocols.Syslog;

/// <summary>Who speaks in a syslog header; made once when a configuration is built.</summary>
public sealed class SyslogSender
{
    private readonly byte[] _hostName;
    private readonly byte[] _tag;
    private readonly byte[] _processId;

    /// <param name="hostName">What <c>log-send-hostname</c> gives; empty without that option.</param>
    /// <param name="tag"><c>log-tag</c>, or the program's name.</param>
    /// <param name="processId">The process that logs.</param>
    public SyslogSender(string hostName, string tag, int processId)
    {
        _hostName = Encoding.UTF8.GetBytes(hostName);
        _tag = Encoding.UTF8.GetBytes(tag);
        _processId = Encoding.ASCII.GetBytes(processId.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Empty when it is not to be sent.</summary>
    public ReadOnlySpan<byte> HostName => _hostName;

    public ReadOnlySpan<byte> Tag => _tag;

    public ReadOnlySpan<byte> ProcessId => _processId;
}

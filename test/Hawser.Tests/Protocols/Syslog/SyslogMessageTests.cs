using System;
using System.Text;
using Hawser.Base.Time;
using Hawser.Protocols.Syslog;
using Xunit;

namespace Hawser.Tests.Protocols.Syslog;

public class SyslogMessageTests
{
    private const int Local0 = 16;
    private const int Daemon = 3;
    private const int Info = 6;

    // All expected lines were received from HAProxy 3.5-dev5, and but for the date and pid from 2.6.12.
    [Theory]
    [InlineData(SyslogFormat.Local, "", "<134>Nov 23 09:36:35 haproxy[7297]: 127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Rfc3164, "", "<134>Nov 23 09:36:35 localhost haproxy[7297]: 127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Rfc5424, "", "<134>1 2026-11-23T09:36:35.477438+00:00 - haproxy 7297 - - 127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Raw, "", "127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Short, "", "<6>127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Timed, "", "<6>2026-11-23T09:36:35.477438+00:00 127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Iso, "", "2026-11-23T09:36:35.477438+00:00 127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Priority, "", "<134>127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Local, "my.host", "<134>Nov 23 09:36:35 haproxy[7297]: 127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Rfc3164, "my.host", "<134>Nov 23 09:36:35 my.host haproxy[7297]: 127.0.0.1 hello\n")]
    [InlineData(
        SyslogFormat.Rfc5424, "my.host",
        "<134>1 2026-11-23T09:36:35.477438+00:00 my.host haproxy 7297 - - 127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Raw, "my.host", "127.0.0.1 hello\n")]
    [InlineData(SyslogFormat.Iso, "my.host", "2026-11-23T09:36:35.477438+00:00 127.0.0.1 hello\n")]
    public void Each_format_has_haproxys_header(SyslogFormat format, string hostName, string expected) =>
        Assert.Equal(expected, Write(format, new SyslogSender(hostName, "haproxy", 7297), 1024));

    [Fact]
    public void The_priority_is_eight_times_the_facility_plus_the_level()
    {
        SyslogSender sender = new("", "mytag", 7510);
        Assert.Equal("<30>127.0.0.1 hello\n", Write(SyslogFormat.Priority, sender, 1024, Daemon));
        Assert.Equal("<6>127.0.0.1 hello\n", Write(SyslogFormat.Priority, sender, 1024, facility: 0));
        Assert.Equal("<191>127.0.0.1 hello\n", Write(SyslogFormat.Priority, sender, 1024, facility: 23, level: 7));
        Assert.Equal("<4>127.0.0.1 hello\n", Write(SyslogFormat.Short, sender, 1024, Daemon, level: 4));
    }

    [Fact]
    public void Structured_data_belongs_to_rfc_5424_only()
    {
        SyslogSender sender = new("", "haproxy", 8768);
        const string Data = "[ex@1 ip=\"127.0.0.1\"]";
        Assert.Equal(
            "<134>1 2026-11-23T09:36:35.477438+00:00 - haproxy 8768 - [ex@1 ip=\"127.0.0.1\"] 127.0.0.1 hello\n",
            Write(SyslogFormat.Rfc5424, sender, 1024, structuredData: Data));
        Assert.Equal(
            "<134>Nov 23 09:36:35 localhost haproxy[8768]: 127.0.0.1 hello\n",
            Write(SyslogFormat.Rfc3164, sender, 1024, structuredData: Data));
    }

    [Theory]
    [InlineData(SyslogFormat.Local)]
    [InlineData(SyslogFormat.Rfc3164)]
    [InlineData(SyslogFormat.Rfc5424)]
    [InlineData(SyslogFormat.Raw)]
    [InlineData(SyslogFormat.Short)]
    [InlineData(SyslogFormat.Timed)]
    [InlineData(SyslogFormat.Iso)]
    [InlineData(SyslogFormat.Priority)]
    public void A_long_text_is_cut_so_that_the_line_feed_is_the_last_byte_allowed(SyslogFormat format)
    {
        string text = new('x', 300);
        string whole = Write(format, new SyslogSender("", "haproxy", 8940), 1024, text: text);
        string cut = Write(format, new SyslogSender("", "haproxy", 8940), 80, text: text);
        Assert.Equal(80, cut.Length);
        Assert.Equal(whole[..79] + "\n", cut);
    }

    // As HAProxy 3.5-dev5 with "len 80": a host name of 100 bytes, a tag of 100 bytes, structured data of 106 bytes.
    [Theory]
    [InlineData(SyslogFormat.Local, 100, 100, 0, 80, "<134>Nov 23 09:36:35 \n")]
    [InlineData(SyslogFormat.Rfc3164, 100, 100, 0, 80, "<134>Nov 23 09:36:35 \n")]
    [InlineData(SyslogFormat.Rfc5424, 100, 100, 0, 80, "<134>1 2026-11-23T09:36:35.477438+00:00 \n")]
    [InlineData(SyslogFormat.Iso, 100, 100, 0, 80, "2026-11-23T09:36:35.477438+00:00 127.0.0.1 hello\n")]
    [InlineData(
        SyslogFormat.Rfc5424, 0, 20, 106, 120, "<134>1 2026-11-23T09:36:35.477438+00:00 - tttttttttttttttttttt 16373 - \n")]
    public void A_part_of_the_header_that_does_not_fit_ends_the_message(
        SyslogFormat format, int hostBytes, int tagBytes, int dataBytes, int maxBytes, string expected)
    {
        SyslogSender sender = new(new string('h', hostBytes), new string('t', tagBytes), 16373);
        Assert.Equal(expected, Write(format, sender, maxBytes, structuredData: new string('s', dataBytes)));
    }

    [Fact]
    public void No_limit_is_too_small()
    {
        foreach (SyslogFormat format in Enum.GetValues<SyslogFormat>())
        {
            for (int maxBytes = 1; maxBytes < 120; maxBytes++)
            {
                string line = Write(format, new SyslogSender("host", "tag", 1), maxBytes);
                Assert.True(line.Length <= maxBytes);
                Assert.EndsWith("\n", line, StringComparison.Ordinal);
            }
        }
    }

    private static string Write(
        SyslogFormat format,
        SyslogSender sender,
        int maxBytes,
        int facility = Local0,
        int level = Info,
        string structuredData = "",
        string text = "127.0.0.1 hello")
    {
        SyslogMessage message = new()
        {
            Format = format,
            Sender = sender,
            Facility = facility,
            Level = level,
            Time = new UnixTime(1795426595477438),
            StructuredData = Encoding.UTF8.GetBytes(structuredData),
            Text = Encoding.UTF8.GetBytes(text),
        };
        byte[] destination = new byte[maxBytes];
        int written = message.Write(new DateTexts(TimeZoneInfo.Utc), destination);
        return Encoding.UTF8.GetString(destination, 0, written);
    }
}

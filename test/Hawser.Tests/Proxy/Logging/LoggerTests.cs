using System;
using System.Text;
using Hawser.Config.Model;
using Hawser.Expressions.Compilation;
using Hawser.Expressions.LogFormat;
using Hawser.Io.Kernels;
using Hawser.Io.Sockets;
using Hawser.Proxy.Fetches;
using Hawser.Proxy.Logging;
using Hawser.Protocols.Syslog;
using Xunit;

namespace Hawser.Tests.Proxy.Logging;

/// <summary>Which messages go where, over a pipe that stands for an inherited descriptor.</summary>
public sealed class LoggerTests : IDisposable
{
    private readonly LinuxKernel _kernel = new();
    private readonly int _readEnd;
    private readonly int _writeEnd;
    private int _failures;

    public LoggerTests() => Assert.True(_kernel.OpenPipe(out _readEnd, out _writeEnd, 4096) >= 0);

    public void Dispose()
    {
        _kernel.Close(_readEnd);
        _kernel.Close(_writeEnd);
    }

    [Fact]
    public void An_abnormal_end_is_an_error_only_with_log_separate_errors()
    {
        SessionLogRecord record = LogSamples.Session();
        record.IsAbnormal = true;
        ProxyLogging settings = Settings(Target());
        Logger logger = NewLogger();

        logger.LogSession(settings, record);
        logger.LogSession(settings with { SeparatesErrors = true }, record);
        Assert.Equal("<134>fnt\n<131>fnt\n", Read());
    }

    [Fact]
    public void A_normal_end_is_not_logged_with_dontlog_normal()
    {
        SessionLogRecord record = LogSamples.Session();
        ProxyLogging settings = Settings(Target()) with { DontLogNormal = true };
        Logger logger = NewLogger();

        Assert.False(logger.LogSession(settings, record));
        record.IsAbnormal = true;
        Assert.True(logger.LogSession(settings, record));
        Assert.Equal("<134>fnt\n", Read());
    }

    [Fact]
    public void Each_target_has_the_format_and_the_tag_of_its_profile()
    {
        LogProfile profile = Profile(LogOrigin.Close, new LogProfileStep(false, Format("p %OG"), null), new SyslogSender("", "own", 1));
        SessionLogRecord record = LogSamples.Session();
        record.Origin = LogOrigin.Close;
        ProxyLogging settings = Settings(Target()) with { Targets = [Target(), Target(profile: profile), Target()] };

        Assert.True(NewLogger().LogSession(settings, record));
        Assert.Equal("<134>fnt\n<134>p txn_close\n<134>fnt\n", Read());
    }

    [Fact]
    public void A_step_that_a_profile_drops_is_not_logged_there()
    {
        LogProfile profile = Profile(LogOrigin.Close, new LogProfileStep(true, null, null));
        SessionLogRecord record = LogSamples.Session();
        record.Origin = LogOrigin.Close;

        Assert.False(NewLogger().LogSession(Settings(Target(profile: profile)), record));
        record.Origin = LogOrigin.Connect;
        Assert.True(NewLogger().LogSession(Settings(Target(profile: profile)), record));
        Assert.Equal("<134>fnt\n", Read());
    }

    [Fact]
    public void A_rule_may_name_a_profile_and_is_not_stopped_by_dontlog_normal()
    {
        LogProfile own = Profile(LogOrigin.HttpRequest, new LogProfileStep(false, Format("q %OG"), null));
        SessionLogRecord record = LogSamples.Session();
        record.Origin = LogOrigin.HttpRequest;

        Assert.True(NewLogger().LogByRule(Settings(Target()) with { DontLogNormal = true }, record, own));
        Assert.Equal("<134>q http-req\n", Read());
    }

    [Fact]
    public void A_session_that_failed_before_its_request_has_the_error_format()
    {
        SessionLogRecord record = LogSamples.Session();
        record.Origin = LogOrigin.SessionError;

        Assert.True(NewLogger().LogSession(Settings(Target()) with { ErrorFormat = Format("bad %OG") }, record));
        Assert.Equal("<134>bad sess_error\n", Read());
    }

    private static LogProfile Profile(LogOrigin origin, LogProfileStep step, SyslogSender? sender = null)
    {
        LogProfileStep?[] steps = new LogProfileStep?[Enum.GetValues<LogOrigin>().Length];
        steps[(int)origin] = step;
        return new LogProfile("p", sender, steps);
    }

    [Fact]
    public void A_level_is_filtered_by_the_first_limit_and_lowered_to_the_second()
    {
        Logger logger = NewLogger();
        ProxyLogging settings = Settings(Target(SyslogLevel.Notice, SyslogLevel.Err));
        logger.LogEvent(settings, SyslogLevel.Info, "info"u8);
        logger.LogEvent(settings, SyslogLevel.Notice, "notice"u8);
        logger.LogEvent(settings, SyslogLevel.Alert, "alert"u8);
        Assert.Equal("<133>notice\n<131>alert\n", Read());
    }

    [Fact]
    public void A_sample_takes_the_messages_of_its_ranges()
    {
        Logger logger = NewLogger();
        ProxyLogging settings = Settings(Target(sample: new LogSampleConfig([(1, 1), (3, 4)], 5)));
        for (int i = 1; i <= 10; i++)
            logger.LogEvent(settings, SyslogLevel.Info, Encoding.ASCII.GetBytes($"{i}"));
        Assert.Equal("<134>1\n<134>3\n<134>4\n<134>6\n<134>8\n<134>9\n", Read());
    }

    [Fact]
    public void A_format_that_writes_nothing_sends_nothing()
    {
        Assert.False(NewLogger().LogSession(Settings(Target(), "%{+Q}hrl"), LogSamples.Session()));
        Assert.Equal("", Read());
    }

    [Fact]
    public void A_line_with_its_line_feed_is_as_long_as_len_at_most()
    {
        LogTarget target = Target(maximumLineBytes: 80);
        NewLogger().LogSession(Settings(target, new string('x', 200)), LogSamples.Session());
        Assert.Equal("<134>" + new string('x', 74) + "\n", Read());
    }

    [Fact]
    public void A_full_pipe_drops_messages_counts_them_and_warns_once()
    {
        Logger logger = NewLogger();
        LogTarget target = Target();
        ProxyLogging settings = Settings(target);
        byte[] text = new byte[1000];
        text.AsSpan().Fill((byte)'x');
        for (int i = 0; i < 100; i++) logger.LogEvent(settings, SyslogLevel.Info, text);
        Assert.InRange(target.DroppedLogs, 1, 99);
        Assert.Equal(1, _failures);
    }

    [Fact]
    public void A_socket_that_is_not_there_drops_messages_and_counts_them()
    {
        Assert.True(SocketAddresses.TryFromAbstractName($"hawser-{Guid.NewGuid()}", isPadded: false, out SocketAddress nobody));
        LogTarget target = new()
        {
            Name = "nobody",
            Number = 1,
            Destination = nobody,
            Format = SyslogFormat.Raw,
            Facility = 16,
        };
        Logger logger = NewLogger();
        logger.LogEvent(Settings(target), SyslogLevel.Info, "x"u8);
        logger.LogEvent(Settings(target), SyslogLevel.Info, "x"u8);
        Assert.Equal((2L, 1), (target.DroppedLogs, _failures));
        logger.Close();
    }

    [Fact]
    public void A_connection_that_fails_early_has_a_line_of_its_own()
    {
        SessionLogRecord record = LogSamples.Session();
        record.ListenerName = "foo"u8.ToArray();
        NewLogger().LogConnectionError(Settings(Target()), record, "Truncated PROXY protocol header received"u8);
        Assert.Equal(
            "<134>10.0.1.2:33313 [06/Feb/2009:12:12:51.443] fnt/foo: Truncated PROXY protocol header received\n", Read());
    }

    [Fact]
    public void A_proxy_with_the_default_format_says_nothing_of_connections_that_fail_early()
    {
        ProxyLogging settings = Settings(Target()) with { Step = LogStep.Accept };
        Assert.False(NewLogger().LogConnectionError(settings, LogSamples.Session(), "x"u8));
        Assert.Equal("", Read());
    }

    [Fact]
    public void Logging_allocates_nothing()
    {
        Logger logger = NewLogger();
        SessionLogRecord record = LogSamples.Session();
        ProxyLogging plain = Settings(Target(format: SyslogFormat.Local), LogFormats.TcpClf);
        ProxyLogging structured = Settings(
            Target(format: SyslogFormat.Rfc5424),
            "%{+json}o %(a)ci %(b)[src] %(c)[str(x)] %(d)t %(e)[txn.sess_term_state] %(f)[srv_name]") with
        {
            StructuredData = Format("[a@1 b=\"%B\"]"),
        };
        byte[] drain = new byte[8192];
        long before = 0;
        for (int i = 0; i < 300; i++)
        {
            if (i == 100) before = GC.GetAllocatedBytesForCurrentThread();
            logger.LogSession(plain, record);
            logger.LogSession(structured, record);
            logger.LogEvent(plain, SyslogLevel.Notice, "Server b/s is UP."u8);
            _kernel.Read(_readEnd, drain);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private Logger NewLogger() => new(_kernel, LogSamples.Process(), (_, _) => _failures++);

    private LogTarget Target(
        SyslogLevel maximum = SyslogLevel.Debug,
        SyslogLevel minimum = SyslogLevel.Emerg,
        LogSampleConfig? sample = null,
        int maximumLineBytes = 1024,
        SyslogFormat format = SyslogFormat.Priority,
        LogProfile? profile = null) => new()
    {
        Name = $"fd@{_writeEnd}",
        Number = 1,
        FileDescriptor = _writeEnd,
        Format = format,
        Facility = 16,
        MaximumLevel = maximum,
        MinimumLevel = minimum,
        MaximumLineBytes = maximumLineBytes,
        Sample = sample,
        Profile = profile,
    };

    private static ProxyLogging Settings(LogTarget target, string format = "%f") => new()
    {
        Targets = [target],
        Format = Format(format),
        Sender = new SyslogSender("", "haproxy", 14387),
        Step = LogStep.Close,
    };

    private static LogFormat Format(string text) =>
        LogFormatCompiler.Compile(text, LogVariableRows.All, new CompileContext(SessionVocabulary.All), [])!;

    private string Read()
    {
        byte[] buffer = new byte[65_536];
        return Encoding.UTF8.GetString(buffer, 0, int.Max(0, _kernel.Read(_readEnd, buffer)));
    }
}

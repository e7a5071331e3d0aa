namespace Hawser.Control.Processes;

/// <summary>What each signal means (management.txt, chapter 4), on the loop that owns the signals.</summary>
public sealed class SignalHandling
{
    private readonly SignalSource _source;
    private readonly ProcessMessages _messages;

    public SignalHandling(SignalSource source, ProcessMessages messages)
    {
        _source = source;
        _messages = messages;
    }

    /// <summary>For the poller: readable when <see cref="Drain"/> has something to do.</summary>
    public int Descriptor => _source.Descriptor;

    /// <summary>The signal that ended the process at once; null after an ordinary end.</summary>
    public Signal? Fatal { get; private set; }

    /// <summary>Acts on every waiting signal.</summary>
    public void Drain(IProxyProcess process)
    {
        while (_source.TryRead(out Signal signal)) Act(signal, process);
    }

    private void Act(Signal signal, IProxyProcess process)
    {
        switch (signal)
        {
            case Signal.Interrupt:
            case Signal.Terminate:
                Fatal ??= signal;
                process.HardStop();
                break;
            case Signal.SoftStop:
                process.SoftStop();
                break;
            case Signal.Pause:
                process.Pause();
                break;
            case Signal.Resume:
                process.Resume();
                break;
            case Signal.Hangup:
            case Signal.Reload:
                process.Reload(Name(signal));
                break;
            default:
                _messages.Warning($"{Name(signal)} ignored: not implemented yet.");
                break;
        }
    }

    private static string Name(Signal signal) => signal switch
    {
        Signal.Hangup => "SIGHUP",
        Signal.Reload => "SIGUSR2",
        Signal.Quit => "SIGQUIT",
        _ => signal.ToString(),
    };
}

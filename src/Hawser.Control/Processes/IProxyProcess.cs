namespace Hawser.Control.Processes;

/// <summary>
/// The data plane as the process sees it. The composition root builds it from a configuration; the start-up calls
/// the members in the order they stand here, on the main thread.
/// </summary>
public interface IProxyProcess
{
    /// <summary>What the configuration needs beside connections. Known before anything is opened.</summary>
    DescriptorNeeds Needs { get; }

    /// <summary>Opens all listeners and log sockets under the given limits. False: reported as alerts.</summary>
    bool TryBind(LimitPlan limits, ProcessMessages messages);

    /// <summary>
    /// Runs the event loops until the last has stopped. Loop 0 polls <see cref="SignalSource.Descriptor"/> and calls
    /// <see cref="SignalHandling.Drain"/> when it is readable; the methods below are called from there, on loop 0.
    /// </summary>
    /// <param name="notice">Told what systemd is to know; null for nobody.</param>
    void Run(SignalHandling signals, ReadyNotice? notice);

    /// <summary>Reads the configuration again and puts it to work; what runs goes on until then, or if it is refused.</summary>
    /// <param name="by">The signal that asks for it.</param>
    void Reload(string by);

    /// <summary>Stop listening; sessions go on until they end, then the process does.</summary>
    void SoftStop();

    /// <summary>End all sessions and the loops at once.</summary>
    void HardStop();

    /// <summary>Stop accepting, keep the listeners' ports.</summary>
    void Pause();

    /// <summary>Accept again after <see cref="Pause"/>.</summary>
    void Resume();
}

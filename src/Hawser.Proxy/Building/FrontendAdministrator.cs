using System;
using Hawser.Config.Model;
using Hawser.Io.Loop;
using Hawser.Proxy.Listeners;
using Hawser.Proxy.Streams;

namespace Hawser.Proxy.Building;

/// <summary>Whether frontends of the configuration at work take clients (manual, management, "enable frontend"). On loop 0.</summary>
public sealed class FrontendAdministrator
{
    private readonly ProxyRuntime _run;

    internal FrontendAdministrator(ProxyRuntime run) => _run = run;

    /// <summary>Between SIGTTOU and SIGTTIN.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Told that <see cref="IsPaused"/> has changed: the runtime API takes no clients meanwhile.</summary>
    public Action? ControlFollows { get; set; }

    private ProxySet Set => _run.Current;

    /// <summary>SIGTTOU: nobody can connect until <see cref="Resume()"/>; the ports stay ours.</summary>
    public void Pause()
    {
        if (IsPaused)
            return;
        IsPaused = true;
        foreach (Frontend frontend in Set.Frontends)
            Pause(frontend);
        if (Set.ControlListeners.Length == 0)
            return;
        ControlFollows?.Invoke();
        _run.Events.PausedControl(Set.ControlFrontend);
    }

    public void Resume()
    {
        if (!IsPaused)
            return;
        IsPaused = false;
        foreach (Frontend frontend in Set.Frontends)
            Resume(frontend);
        if (Set.ControlListeners.Length == 0)
            return;
        ControlFollows?.Invoke();
        _run.Events.ResumedControl(Set.ControlFrontend);
    }

    /// <summary>Nobody can connect to it until <see cref="Resume(Frontend)"/>; its ports stay ours.</summary>
    public void Pause(Frontend frontend)
    {
        if (frontend.State != FrontendState.Listening)
            return;
        frontend.State = FrontendState.Paused;
        OnLoops(frontend, static acceptor => acceptor.Pause());
        foreach (Listener listener in Set.Listeners)
        {
            if (listener.Frontend == frontend)
                ListenerPause.Pause(Set.Settings.Kernel, listener);
        }

        _run.Events.Paused(frontend);
    }

    /// <returns>False when a port could not be listened to again: it stays paused.</returns>
    public bool Resume(Frontend frontend)
    {
        if (frontend.State != FrontendState.Paused)
            return true;
        bool isListening = true;
        foreach (Listener listener in Set.Listeners)
        {
            if (listener.Frontend == frontend)
                isListening &= ListenerPause.TryResume(Set.Settings.Kernel, listener);
        }

        if (!isListening)
            return false;
        frontend.State = FrontendState.Listening;
        OnLoops(frontend, static acceptor => acceptor.Start());
        _run.Events.Resumed(frontend);
        return true;
    }

    /// <summary>"shutdown frontend": its ports are free; its sessions go on.</summary>
    public void Shutdown(Frontend frontend)
    {
        if (frontend.State != FrontendState.Stopped)
            _run.Stopping.StopProxy(frontend.Config);
    }

    /// <summary>Closes the listeners of one proxy.</summary>
    internal void Stop(ProxyConfig proxy)
    {
        if (Set.FrontendOf(proxy) is not { } frontend)
            return;
        frontend.State = FrontendState.Stopped;
        OnLoops(frontend, static acceptor => acceptor.Stop());
    }

    /// <summary>The process is about to end.</summary>
    internal void StopAll()
    {
        foreach (Acceptor acceptor in _run.Acceptors)
            OnLoop(acceptor, static acceptor => acceptor.Stop());
    }

    /// <summary>A reload has its frontends listen, whatever was paused before.</summary>
    internal void FollowReload() => IsPaused = false;

    private void OnLoops(Frontend frontend, Action<Acceptor> action)
    {
        foreach (Acceptor acceptor in _run.Acceptors)
        {
            if (acceptor.Frontend == frontend)
                OnLoop(acceptor, action);
        }
    }

    private static void OnLoop(Acceptor acceptor, Action<Acceptor> action) =>
        acceptor.HomeLoop.Post(new AcceptorCommand(acceptor, action));

    private sealed class AcceptorCommand(Acceptor acceptor, Action<Acceptor> action) : LoopJob
    {
        public override void Run(EventLoop loop) => action(acceptor);
    }
}

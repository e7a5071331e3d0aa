using System.Collections.Generic;
using Hawser.Config.Model;
using Hawser.Io.Sockets;
using Hawser.Proxy.Listeners;

namespace Hawser.Control.Cli.Commands;

/// <summary>"expose-fd listeners": what a new process says with "-x".</summary>
internal static class HandoverCommands
{
    public static IEnumerable<CommandRow> Rows =>
    [
        CommandRow.Simple(ListenerHandover.Command, "hand the listening sockets to a new process", CliLevel.Admin, Give) with { IsHidden = true },
    ];

    private static void Give(CliCall call)
    {
        call.Session.IsQuitting = true;
        if (!call.Session.ExposesListeners)
            return;
        List<HandedSocket> sockets = [];
        foreach (Listener listener in (Listener[])[.. call.Context.Set.Listeners, .. call.Context.Set.ControlListeners])
        {
            foreach (int descriptor in listener.Descriptors)
                sockets.Add(new HandedSocket(descriptor, listener.Config.Interface ?? ""));
        }

        _ = ListenerHandover.TryGive(call.Descriptor, sockets);
    }
}

using System.IO.Pipes;
using System.Text;
using Hawser.Control.Demo;
using Hawser.Control.Processes;

namespace Hawser.Commands;

/// <summary>
/// <c>hawser demo</c>: two built-in servers and a proxy in front of them; with <c>-f FILE</c>, that file instead.
/// </summary>
internal static class DemoCommand
{
    public static int Run(string[] arguments)
    {
        if (arguments.Length > 0)
            return StartCommand.Run(["-db", .. arguments], new ProxyComposition());
        int port = DemoConfiguration.FreePort();
        if (port == 0)
        {
            ProcessMessages.WriteAll(StandardStreams.Error, "hawser demo: no free port near 8080.\n");
            return ExitStatus.Failure;
        }

        DemoServer one = new("one");
        DemoServer two = new("two");
        one.Start();
        two.Start();
        // The configuration goes through a pipe, as from a file: nothing is left behind however the demo ends.
        string file;
        using (AnonymousPipeServerStream pipe = new(PipeDirection.Out))
        {
            pipe.Write(Encoding.UTF8.GetBytes(DemoConfiguration.Text(port, one.Port, two.Port)));
            file = $"/dev/fd/{pipe.GetClientHandleAsString()}";
        }

        ProcessMessages.WriteAll(
            StandardStreams.Output,
            $"Point a client at 127.0.0.1:{port} (curl http://127.0.0.1:{port}/), several times: the two servers answer "
            + "in turn, and each session writes one log line here. Ctrl-C ends it.\n");
        return StartCommand.Run(["-db", "-f", file], new ProxyComposition());
    }
}

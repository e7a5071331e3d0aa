using System.Runtime.InteropServices;
using Hawser.Io.Kernels;

namespace Hawser.Proxy.Building;

/// <summary>The system's words for an error (strerror), which operators search for.</summary>
internal static class ErrorText
{
    public static string Of(KernelError error) => Marshal.GetPInvokeErrorMessage((int)error);
}

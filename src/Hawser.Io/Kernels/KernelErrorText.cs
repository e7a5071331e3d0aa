using System.Runtime.InteropServices;

namespace Hawser.Io.Kernels;

/// <summary>The system's words for an error (strerror), which operators search for.</summary>
public static class KernelErrorText
{
    public static string Of(KernelError error) => Marshal.GetPInvokeErrorMessage((int)error);
}

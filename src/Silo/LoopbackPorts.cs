using System.Net;
using System.Net.Sockets;

namespace Engagement.Silo;

/// <summary>Ports for an embedded silo, so that several engines can run on one machine.</summary>
internal static class LoopbackPorts
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

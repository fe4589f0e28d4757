using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Engagement.Tests.Ports;

/// <summary>
/// A port for something that is started. Below those that connections are given: it must still be free when that starts, and when it starts
/// again after a kill.
/// </summary>
internal static class FreePort
{
    private const int Tries = 1_000;

    public static int Next()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(20_000, 32_000));
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException) when (tries < Tries)
            {
                // Somebody has it: another.
            }
        }
    }
}

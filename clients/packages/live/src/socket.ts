import { HttpTransportType, HubConnectionBuilder, LogLevel, type IHttpConnectionOptions } from "@microsoft/signalr";

/** One connection to the hub, used once: opened, spoken to, lost. */
export interface Socket {
  start(): Promise<void>;
  stop(): Promise<void>;
  invoke<T>(method: string, ...args: unknown[]): Promise<T>;
  on(method: string, call: (argument: unknown) => void): void;
  onClose(call: () => void): void;
}

/** @param failures how many attempts have failed in a row. */
export type OpenSocket = (failures: number) => Socket;

export const SERVER_TIMEOUT_MS = 6_000;
const KEEP_ALIVE_MS = 2_000;

/**
 * WebSocket without negotiation is one round trip instead of three. Where something in between forbids WebSockets,
 * every third attempt lets SignalR negotiate what does get through.
 */
export const openSignalR =
  (url: string): OpenSocket =>
  (failures) => {
    const { options, abort } = abortable(failures % 3 === 2);
    const connection = new HubConnectionBuilder()
      .withUrl(url, options)
      .configureLogging(LogLevel.None)
      .build();
    connection.serverTimeoutInMilliseconds = SERVER_TIMEOUT_MS;
    connection.keepAliveIntervalInMilliseconds = KEEP_ALIVE_MS;
    return {
      start: () => connection.start(),
      stop: () => {
        abort();
        return connection.stop();
      },
      invoke: (method, ...args) => connection.invoke(method, ...args),
      on: (method, call) => connection.on(method, call),
      onClose: (call) => connection.onclose(call),
    };
  };

/**
 * SignalR cannot be stopped while its WebSocket is opening: it waits for that first, and where packets vanish that is minutes.
 * Browsers open one WebSocket to a host at a time, so every later attempt would wait behind it.
 */
function abortable(negotiate: boolean): { options: IHttpConnectionOptions; abort: () => void } {
  let opened: WebSocket | null = null;
  const Ours = class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      opened = this;
    }
  };
  const way = negotiate ? { timeout: SERVER_TIMEOUT_MS } : { skipNegotiation: true, transport: HttpTransportType.WebSockets };
  const options: IHttpConnectionOptions & { WebSocket: typeof WebSocket } = { ...way, WebSocket: Ours };
  return { options, abort: () => void (opened?.readyState === WebSocket.CONNECTING && opened.close()) };
}

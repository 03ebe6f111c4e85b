import { WebSocketServer, WebSocket } from 'ws';
import { frame, pulse } from './pulse.mjs';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false, backlog: 4096 }, () => {
  console.log(server.address().port);
  pulse(() => {
    const data = Buffer.from(frame());
    for (const client of server.clients)
      if (client.readyState === WebSocket.OPEN) client.send(data, { binary: false });
  });
});
server.on('connection', client => {
  client.on('error', () => client.terminate());
  client.send(frame());
});

import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { frame, pulse } from './pulse.mjs';

const http = createServer();
// The load generator counts messages and does not read them: it cannot answer a ping.
const io = new Server(http, { transports: ['websocket'], pingInterval: 600_000, pingTimeout: 600_000 });
io.on('connection', socket => socket.emit('frame', JSON.parse(frame())));
http.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  console.log(http.address().port);
  pulse(() => io.emit('frame', JSON.parse(frame())));
});

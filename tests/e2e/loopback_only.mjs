// Preloaded into the Playground (node --import): it would listen on every interface and call cloud services.
// Here it listens on 127.0.0.1 alone, and whatever it tries to reach beyond this machine is refused at once.
import dns from "node:dns";
import net from "node:net";

const isHere = (host) => !host || host === "localhost" || host === "::1" || host.startsWith("127.");

function refusal(code, host) {
  return Object.assign(new Error(`only this machine may be reached, not ${host}`), { code });
}

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function listenHere(first, ...rest) {
  if (typeof first === "number" || /^\d+$/.test(first)) {
    return listen.call(this, first, "127.0.0.1", ...rest.filter((each) => typeof each !== "string"));
  }
  const isPort = first !== null && typeof first === "object" && first.port !== undefined;
  return listen.call(this, isPort ? { ...first, host: "127.0.0.1" } : first, ...rest);
};

const { lookup } = dns;
dns.lookup = function lookupHere(host, ...rest) {
  if (isHere(host)) {
    return lookup.call(this, host, ...rest);
  }
  return process.nextTick(rest.at(-1), refusal("ENOTFOUND", host));
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function connectHere(...args) {
  // Node itself passes its already sorted arguments as one array.
  const [where, host] = Array.isArray(args[0]) ? args[0] : args;
  const target = where !== null && typeof where === "object" ? where : { host };
  if (target.path || isHere(target.host)) {
    return connect.apply(this, args);
  }
  process.nextTick(() => this.destroy(refusal("ECONNREFUSED", target.host)));
  return this;
};

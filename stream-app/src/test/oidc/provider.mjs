// A certified provider of OpenID Connect on a free port of the loopback address, for ProviderSignInIT. It prints its
// address. Argument: the redirect address of the page. People sign in with any password; their name says their role.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [redirect] = process.argv.slice(2);
const server = createServer((request, reply) => handle(request, reply));
let handle = (_, reply) => reply.writeHead(503).end();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      { client_id: 'weir-page', client_secret: 'secret of/the page', redirect_uris: [redirect], grant_types: ['authorization_code'], response_types: ['code'] },
      { client_id: 'robot', client_secret: 'robot', redirect_uris: [], grant_types: ['client_credentials'], response_types: [] },
    ],
    pkce: { required: () => true },
    claims: { openid: ['sub', 'name', 'roles'] },
    conformIdTokenClaims: false,
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: (_, client) => (client.clientId === 'robot' ? 'urn:weir' : undefined),
        getResourceServerInfo: () => ({ scope: '', audience: 'weir', accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } }),
      },
    },
    extraTokenClaims: () => ({ roles: ['weir-operator'] }),
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id} of the shop`, roles: [`weir-${id}`] }) }),
  });
  handle = provider.callback();
  console.log(`provider ${issuer}`);
});
process.stdin.on('end', () => process.exit(0)).resume();

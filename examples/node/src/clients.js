// enrollkit's clients: the only place where the key is used.

import { SmileId, Unifyia, Verifier } from "enrollkit";

export function makeClients({ partnerId, environment, apiKey, baseUrl, unifyiaUrl, token, allowHttp, webhooksWithoutZeros, webhookMaxAgeSeconds }) {
  return {
    // The operator is whoever is logged in: `smile.withOperator(session.email)`.
    smile: new SmileId({ partnerId, environment, apiKey, baseUrl, allowHttp }),
    unifyia: new Unifyia({ baseUrl: unifyiaUrl, token, allowHttp }),
    // While a key is being replaced: both keys.
    verifier: new Verifier({ partnerId, keys: [apiKey], partnerIdWithoutZeros: webhooksWithoutZeros, maxAgeSeconds: webhookMaxAgeSeconds }),
  };
}

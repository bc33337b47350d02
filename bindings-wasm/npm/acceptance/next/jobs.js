export const storeOnce = async () => {};

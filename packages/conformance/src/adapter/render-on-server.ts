export const renderOnServer = async () => ''

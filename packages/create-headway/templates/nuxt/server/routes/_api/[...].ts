export default fromNodeMiddleware((request, response, next) => {
  headway().then(({ gateway }) => gateway.node(request, response), next)
})
